package org.emrelay.runner.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The text files of an export: those of its format, a README, and a script that uploads the files of the pipeline. */
public final class ExportPackage {
    /** The directory with the files to upload, at their paths in the workspace. */
    public static final String BUNDLE = "bundle";

    private static final String UPLOAD = "upload.sh";
    private static final String README = "README.md";

    private ExportPackage() {}

    /** Why the pipeline cannot be exported, each a sentence; empty if it can. */
    public static List<String> obstacles(
            ExportFormat format, ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        List<String> obstacles = new ArrayList<>();
        if (pipeline.steps().isEmpty()) {
            obstacles.add("No step of the pipeline runs.");
        }
        if (pipeline.cluster().get("Instances") instanceof Map<?, ?> instances
                && Boolean.TRUE.equals(instances.get("TerminationProtected"))) {
            obstacles.add(
                    "An exported pipeline cannot terminate a protected cluster. Set TerminationProtected to false in the"
                            + " cluster file.");
        }
        obstacles.addAll(format.obstacles(pipeline, schedule));
        return obstacles;
    }

    /**
     * The files, by their paths in the export's directory.
     *
     * @param command the command that makes the export
     */
    public static Map<String, String> files(
            ExportFormat format, ExportedPipeline pipeline, @Nullable CronSchedule schedule, String command) {
        Map<String, String> files = new TreeMap<>(format.files(pipeline, schedule));
        files.put(UPLOAD, upload(pipeline));
        files.put(README, readme(format, pipeline, command));
        return files;
    }

    /** Uploads by content: the path of a file has its hash, so one that is there need not be uploaded again. */
    private static String upload(ExportedPipeline pipeline) {
        return """
                #!/usr/bin/env bash
                # Uploads the files of the pipeline to a bucket that exists. Needs the AWS CLI, with a profile or keys.
                set -euo pipefail
                cd "$(dirname "$0")"
                bucket=${1:?usage: upload.sh BUCKET}
                if ! aws s3api head-bucket --bucket "$bucket" 2>/dev/null; then
                  echo "The bucket $bucket does not exist, or you have no access to it. Create it: aws s3 mb s3://$bucket" >&2
                  exit 1
                fi
                echo "Uploading to s3://$bucket/%1$s" >&2
                aws s3 sync --only-show-errors --size-only %2$s "s3://$bucket/%1$s"
                """.formatted(pipeline.keyPrefix(), BUNDLE);
    }

    private static String readme(ExportFormat format, ExportedPipeline pipeline, String command) {
        StringBuilder text = new StringBuilder();
        text.append("# The pipeline " + pipeline.name() + "\n\nMade by\n\n    " + command + "\n\n");
        text.append("Change the steps file or the cluster file and export again, rather than change these files.\n\n");
        text.append(format.instructions(pipeline)).append('\n');
        text.append("## Differences to a run by Emrelay\n\n");
        List<String> differences = new ArrayList<>(format.differences(pipeline));
        differences.add(
                "Existing outputs are not checked. An output with a URI of its own must be new, or its step must replace it.");
        differences.add(
                "Results of earlier runs are not reused, no report is written, and nothing limits the cost but the idle timeout.");
        differences.forEach(difference -> text.append("- ").append(difference).append('\n'));
        if (!pipeline.skipped().isEmpty()) {
            text.append("\n## Steps that do not run\n\n");
            pipeline.skipped().forEach((step, reason) -> text.append("- `" + step + "`: " + reason + "\n"));
        }
        return text.toString();
    }
}
