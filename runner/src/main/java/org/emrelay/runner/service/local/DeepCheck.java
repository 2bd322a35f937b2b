package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.local.LocalPlatform;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.report.DeepCheckReport;
import org.emrelay.runner.report.ProblemReport;
import org.emrelay.runner.run.ExecutionPolicy;
import org.emrelay.runner.run.Executor;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.NoticeQueue;
import org.emrelay.runner.run.Reuse;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.StepPhase;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.PipelineFiles.Checked;

/** Starts the checks of a pipeline's steps on this computer: of jobs of Emrelay, of SQL steps, and of programs that declare one. */
public final class DeepCheck {
    private final Application app;

    public DeepCheck(Application app) {
        this.app = app;
    }

    /**
     * Checks a valid pipeline.
     *
     * @param stepsFile its name in problems
     */
    public DeepCheckReport check(Checked checked, ExecutionPlan plan, String stepsFile, String confirmation)
            throws Exception {
        Pipeline pipeline = Objects.requireNonNull(checked.pipeline());
        Map<StepName, String> flags = new HashMap<>();
        pipeline.steps().forEach(step -> flags.put(step.name(), step.program().checkFlag()));
        StepCheckPlan checkPlan = new StepCheckPlan(plan, flags, results(plan));
        ExecutionPlan checks = checkPlan.checks();
        List<Problem> problems = new ArrayList<>(checked.problems());
        if (!checks.steps().isEmpty()) {
            app.progress().notice("Checking: " + names(checks));
            for (StepResult step : execute(checks)) {
                if (step.phase() != StepPhase.DONE) {
                    String path = Objects.requireNonNull(pipeline.paths().get(step.name()));
                    problems.add(Problem.error(stepsFile, path, message(step), hint(step)));
                }
            }
        }
        return new DeepCheckReport(
                new ProblemReport(problems, confirmation),
                checks.fileOrder(),
                checkPlan.unchecked(),
                checkPlan.unread());
    }

    private static String names(ExecutionPlan checks) {
        return checks.fileOrder().stream().map(StepName::value).collect(Collectors.joining(", "));
    }

    static String message(StepResult step) {
        Failure failure = step.failure();
        String start = "the check of '" + step.name() + "' failed: ";
        if (failure == null) {
            return sentence(start + step.reason());
        } else if (!failure.cause().isEmpty()) {
            return sentence(start + failure.cause());
        }
        LastOutput output = failure.lastOutput();
        return output == null || output.lines().isEmpty()
                ? sentence(start + failure.reason())
                : start + failure.reason() + ", after it printed: "
                        + output.lines().get(output.lines().size() - 1);
    }

    private static String sentence(String text) {
        return text.matches("(?s).*[.?!]") ? text : text + ".";
    }

    private static String hint(StepResult step) {
        return step.failure() == null ? "" : step.failure().hint();
    }

    /** The outputs of earlier runs that a run with {@code --resume} would reuse. */
    private Map<StepName, String> results(ExecutionPlan plan) throws IOException {
        Map<StepName, String> results = new HashMap<>();
        if (app.findWorkspace().isEmpty()) {
            return results;
        }
        RunPreview preview = LocalClusterSession.runs(app, LocalSession.openExisting(app))
                .preview(plan, Selection.NONE, new Reuse.OfAllRuns());
        for (PlannedStep step : plan.steps()) {
            if (preview.of(step.name()) instanceof RunPreview.Reuses reused) {
                results.put(step.name(), reused.output());
            }
        }
        return results;
    }

    /** Runs the checks in a workspace of their own, which is deleted afterwards. */
    private List<StepResult> execute(ExecutionPlan checks) throws Exception {
        Path directory = Files.createTempDirectory("emrelay-check");
        try (InterruptHooks interrupts = new InterruptHooks()) {
            LocalWorkspace workspace = LocalWorkspace.open(directory);
            Run run = new Run(
                    new RunId("check"),
                    new ClusterId("local-check"),
                    checks,
                    null,
                    app.context().clock().instant());
            new RunStore(workspace).add(run);
            NoticeQueue notices = new NoticeQueue(notice -> {}, checks);
            try (LocalPlatform platform = LocalClusterSession.platform(app.context(), workspace, notices)) {
                Executor executor = new Executor(
                        run,
                        platform,
                        new FileJournals(workspace.directory()),
                        app.context().clock(),
                        app.progress(),
                        ExecutionPolicy.of(InterruptPolicy.CANCEL),
                        notices);
                interrupts.stop(executor);
                RunResult result = executor.execute(Selection.NONE);
                return result.steps();
            }
        } finally {
            app.progress().clear();
            FileTree.delete(directory);
        }
    }
}
