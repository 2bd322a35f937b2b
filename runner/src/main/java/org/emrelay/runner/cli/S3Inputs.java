package org.emrelay.runner.cli;

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
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.s3.S3Cache;
import org.emrelay.runner.platform.aws.s3.S3Content;
import org.emrelay.runner.platform.aws.s3.S3Download;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;

/** Brings what a pipeline reads from S3 into the workspace's cache: on this machine steps read files. */
final class S3Inputs {
    static final Pattern S3 = Pattern.compile("s3[an]?://.*", Pattern.DOTALL);

    private static final long ASKED_ABOVE = 1_000_000_000;

    private final CliContext world;
    private final CommonOptions common;
    private final AwsOptions options;
    private final boolean yes;
    private final Map<String, S3Content> found = new LinkedHashMap<>();
    private final Map<String, Path> copies = new HashMap<>();

    /** Somebody may be asked before much is fetched, unless yes was said already. */
    S3Inputs(CliContext world, CommonOptions common, AwsOptions options, boolean yes) {
        this.world = world;
        this.common = common;
        this.options = options;
        this.yes = yes;
    }

    /** The plan for this machine, with copies in the place of what lies in S3, or the end of the command with all that is wrong. */
    ExecutionPlan plan(PipelineFiles files) throws IOException {
        PipelineFiles.Checked checked = files.checkOrFail();
        Pipeline pipeline = Objects.requireNonNull(checked.pipeline());
        LocalInputCheck.check(pipeline);
        if (pipeline.steps().stream()
                .filter(Step::runs)
                .flatMap(step -> step.inputs().stream())
                .noneMatch(S3Inputs::isInS3)) {
            return files.planOf(checked);
        }
        bring(pipeline);
        Map<Path, FileHashes.Content> known = new HashMap<>();
        copies.forEach((uri, copy) -> known.put(
                copy,
                new FileHashes.Content(Objects.requireNonNull(found.get(uri)).version())));
        return PipelineFiles.plan(
                new Pipeline(
                        pipeline.name(),
                        pipeline.steps().stream().map(this::withCopies).toList()),
                known);
    }

    private void bring(Pipeline pipeline) throws IOException {
        Path directory =
                LocalSession.open(world, common).workspace().directory().resolve("cache");
        AwsContext aws = EmrAccess.aws(world, options);
        Progress progress = world.progress();
        S3Download fetch = new S3Download(aws, new TransferProgress(progress));
        S3Cache cache = new S3Cache(fetch, directory);
        AwsClients clients = aws.clients();
        try (clients) {
            for (Step step : pipeline.steps()) {
                for (Input input : step.runs() ? step.inputs() : List.<Input>of()) {
                    if (isInS3(input)) {
                        look(fetch, step, input);
                    }
                }
            }
            List<S3Content> missing = found.values().stream()
                    .filter(content -> !cache.holds(content))
                    .toList();
            askFor(missing, directory);
            for (Map.Entry<String, S3Content> content : found.entrySet()) {
                copies.put(content.getKey(), fetched(cache, content.getValue(), progress));
            }
        } finally {
            progress.erase();
        }
    }

    private static boolean isInS3(Input input) {
        return input.source() instanceof Source.External external
                && S3.matcher(external.uri()).matches();
    }

    private void look(S3Download fetch, Step step, Input input) {
        String uri = ((Source.External) input.source()).uri();
        if (found.containsKey(uri)) {
            return;
        }
        String reader = "Step '" + step.name() + "' reads " + uri;
        try {
            Optional<S3Content> content = fetch.look(uri);
            found.put(
                    uri,
                    content.orElseThrow(() -> new CommandFailure(
                            ExitCode.INVALID_FILE,
                            reader + ", and nothing is there: neither an object of this name nor a folder. "
                                    + remedy(input))));
        } catch (AwsException fault) {
            throw new CommandFailure(
                    fault.is(AwsException.Kind.SETTINGS) ? ExitCode.USAGE : ExitCode.PLATFORM_FAILED,
                    reader + ". " + fault.sentence() + " " + remedy(input));
        } catch (IOException refused) {
            throw CommandFailure.platform(reader + ". " + refused.getMessage() + " " + remedy(input));
        }
    }

    private static String remedy(Input input) {
        return "Or give it a copy on this machine, "
                + (input.parameter().isEmpty()
                        ? "by a parameter in its place in the file (\"" + input.name() + "\": \"${" + input.name()
                                + "}\") and -p " + input.name() + "=PATH."
                        : "with -p " + input.parameter() + "=PATH.");
    }

    private void askFor(List<S3Content> missing, Path directory) throws IOException {
        long bytes = missing.stream().mapToLong(S3Content::bytes).sum();
        if (bytes > ASKED_ABOVE) {
            List<String> named = missing.stream()
                    .map(content -> content.uri() + " (" + Quantities.bytes(content.bytes()) + ")")
                    .toList();
            Confirmation.of(world, yes).require("Fetch " + String.join(", ", named) + " to " + directory + "?");
        }
    }

    private static Path fetched(S3Cache cache, S3Content content, Progress progress) throws IOException {
        if (!cache.holds(content)) {
            progress.say("Fetching " + content.uri() + " into the workspace: "
                    + Quantities.count(content.files(), "object") + ", " + Quantities.bytes(content.bytes()));
        }
        return cache.bring(content);
    }

    private Step withCopies(Step step) {
        List<Input> inputs = new ArrayList<>();
        for (Input input : step.inputs()) {
            Path copy = input.source() instanceof Source.External external ? copies.get(external.uri()) : null;
            inputs.add(
                    copy == null ? input : new Input(input.name(), new Source.Local(copy, false), input.parameter()));
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
                step.notRun());
    }
}
