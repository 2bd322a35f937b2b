package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.s3.S3Cache;
import org.emrelay.runner.platform.aws.s3.S3Content;
import org.emrelay.runner.platform.aws.s3.S3Download;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Confirmation;
import org.emrelay.runner.service.PipelineFiles;

/** Downloads a local pipeline's S3 inputs into the workspace's cache: local steps read files. */
final class S3Inputs {
    private static final Pattern S3 = Pattern.compile("s3[an]?://.*", Pattern.DOTALL);

    private final Application app;
    private final boolean confirmed;
    private final Map<String, S3Content> found = new LinkedHashMap<>();
    private final Map<String, Path> copies = new HashMap<>();

    /** @param confirmed whether a large download needs no confirmation */
    S3Inputs(Application app, boolean confirmed) {
        this.app = app;
        this.confirmed = confirmed;
    }

    /** Makes a local plan, in which local copies replace the inputs in S3. */
    ExecutionPlan plan(PipelineFiles files) throws IOException {
        PipelineFiles.Checked checked = files.checkOrFail();
        Pipeline pipeline = Objects.requireNonNull(checked.pipeline());
        checkPrograms(pipeline);
        if (pipeline.steps().stream()
                .filter(Step::runs)
                .flatMap(step -> step.inputs().stream())
                .noneMatch(S3Inputs::isInS3)) {
            return files.planOf(checked);
        }
        download(pipeline);
        Map<Path, String> known = new HashMap<>();
        copies.forEach((uri, copy) ->
                known.put(copy, Objects.requireNonNull(found.get(uri)).version()));
        return PipelineFiles.plan(
                pipeline.withSteps(
                        pipeline.steps().stream().map(this::withCopies).toList()),
                known);
    }

    /** Refuses programs that a local cluster cannot fetch. */
    private static void checkPrograms(Pipeline pipeline) {
        List<String> sentences = new ArrayList<>();
        for (Step step : pipeline.steps()) {
            if (step.runs()
                    && step.program().source() instanceof FileRef.Remote program
                    && S3.matcher(program.uri()).matches()) {
                sentences.add("Step '" + step.name() + "' runs " + program.uri()
                        + ", which a local cluster cannot fetch. Set "
                        + step.program().key() + " to a local copy.");
            }
        }
        if (!sentences.isEmpty()) {
            throw CommandFailure.invalidFile(String.join("\n", sentences));
        }
    }

    private void download(Pipeline pipeline) throws IOException {
        Path directory = app.openWorkspace().directory().resolve("cache");
        AwsContext aws = app.aws();
        Progress progress = app.progress();
        S3Download download = new S3Download(aws, progress);
        S3Cache cache = new S3Cache(download, directory);
        AwsClients clients = aws.clients();
        try (clients) {
            for (Step step : pipeline.steps()) {
                for (Input input : step.runs() ? step.inputs() : List.<Input>of()) {
                    if (isInS3(input)) {
                        inspect(download, step, input);
                    }
                }
            }
            List<S3Content> missing = found.values().stream()
                    .filter(content -> !cache.contains(content))
                    .toList();
            confirm(missing, directory);
            for (Map.Entry<String, S3Content> content : found.entrySet()) {
                copies.put(content.getKey(), fetch(cache, content.getValue(), progress));
            }
        } finally {
            progress.clear();
        }
    }

    private static boolean isInS3(Input input) {
        return input.source() instanceof FileRef.Remote external
                && S3.matcher(external.uri()).matches();
    }

    private void inspect(S3Download download, Step step, Input input) {
        String uri = ((FileRef.Remote) input.source()).uri();
        if (found.containsKey(uri)) {
            return;
        }
        String reader = "Step '" + step.name() + "' reads " + uri;
        try {
            Optional<S3Content> content = download.find(uri);
            found.put(
                    uri,
                    content.orElseThrow(() -> CommandFailure.invalidFile(
                            reader + ", which is neither an object nor a prefix of objects. " + remedy(input))));
        } catch (AwsException fault) {
            throw CommandFailure.of(fault.exitCode(), reader + ". " + fault.message() + " " + remedy(input));
        } catch (IOException refused) {
            throw CommandFailure.platform(reader + ". " + refused.getMessage() + " " + remedy(input));
        }
    }

    private static String remedy(Input input) {
        return "Alternatively, use a local copy "
                + (input.parameter().isEmpty()
                        ? "through a parameter in the steps file (\"" + input.name() + "\": \"${" + input.name()
                                + "}\") and -p " + input.name() + "=PATH."
                        : "with -p " + input.parameter() + "=PATH.");
    }

    private void confirm(List<S3Content> missing, Path directory) throws IOException {
        long bytes = missing.stream().mapToLong(S3Content::bytes).sum();
        if (bytes > Confirmation.LARGE_DOWNLOAD_BYTES) {
            List<String> contents = missing.stream()
                    .map(content -> content.uri() + " (" + Quantities.bytes(content.bytes()) + ")")
                    .toList();
            new Confirmation(app.context(), confirmed)
                    .require("Fetch " + String.join(", ", contents) + " to " + directory + "?");
        }
    }

    private static Path fetch(S3Cache cache, S3Content content, Progress progress) throws IOException {
        if (!cache.contains(content)) {
            progress.notice("Fetching " + content.uri() + " into the workspace: "
                    + Quantities.count(content.files(), "object") + ", " + Quantities.bytes(content.bytes()));
        }
        return cache.get(content);
    }

    private Step withCopies(Step step) {
        List<Input> inputs = new ArrayList<>();
        for (Input input : step.inputs()) {
            Path copy = input.source() instanceof FileRef.Remote external ? copies.get(external.uri()) : null;
            inputs.add(copy == null ? input : new Input(input.name(), new FileRef.Local(copy), input.parameter()));
        }
        return new Step(
                step.name(),
                step.description(),
                step.program(),
                inputs,
                step.output(),
                step.arguments(),
                step.after(),
                step.settings(),
                step.failurePolicy(),
                step.skipReason());
    }
}
