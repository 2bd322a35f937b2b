package org.emrelay.runner.run;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.emrelay.runner.plan.SparkSubmit;
import org.jspecify.annotations.Nullable;

/** Builds plans for tests, one step per call. */
public final class Plans {
    static final RunId RUN = new RunId("20261121-034512-ab3f");
    static final ClusterId CLUSTER = new ClusterId("local-1");
    static final Output AUTOMATIC = new Output(new Output.Automatic(), "output", "", Overwrite.NONE);

    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private FailurePolicy policy = FailurePolicy.DEFAULT;
    private @Nullable Backfill backfill;

    private static final class Draft {
        final Set<StepName> reads = new TreeSet<>();
        final Set<StepName> after = new TreeSet<>();
        Output output = AUTOMATIC;
        Argument.Part argument = new Argument.Literal("300");
        String notRun = "";
        Map<String, String> conf = Map.of();

        @Nullable
        FailurePolicy policy;
    }

    public static Plans plans() {
        return new Plans();
    }

    static StepName name(String name) {
        return new StepName(name);
    }

    /** The steps, each with a day in its name, run with this number of days at a time. */
    Plans backfill(int parallel) {
        backfill = new Backfill("day", LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-03"), parallel);
        return this;
    }

    /** Sets the failure policy of all following steps. */
    public Plans policy(OnFailure onFailure, int retries, @Nullable Duration timeout) {
        policy = new FailurePolicy(onFailure, retries, timeout);
        return this;
    }

    public Plans step(String name, String... reads) {
        Draft draft = new Draft();
        for (String read : reads) {
            draft.reads.add(name(read));
        }
        draft.policy = policy;
        drafts.put(name, draft);
        return this;
    }

    Plans after(String name, String... others) {
        for (String other : others) {
            draft(name).after.add(name(other));
        }
        return this;
    }

    public Plans argument(String name, String value) {
        return argument(name, new Argument.Literal(value));
    }

    Plans argument(String name, Argument.Part value) {
        draft(name).argument = value;
        return this;
    }

    Plans output(String name, Output output) {
        draft(name).output = output;
        return this;
    }

    Plans conf(String name, Map<String, String> conf) {
        draft(name).conf = Map.copyOf(conf);
        return this;
    }

    public Plans leftOut(String name, String reason) {
        draft(name).notRun = reason;
        return this;
    }

    Plans policyOf(String name, OnFailure onFailure, int retries) {
        draft(name).policy = new FailurePolicy(onFailure, retries, null);
        return this;
    }

    private Draft draft(String name) {
        Draft draft = drafts.get(name);
        if (draft == null) {
            throw new IllegalArgumentException(name);
        }
        return draft;
    }

    public ExecutionPlan plan() {
        List<PlannedStep> steps = new ArrayList<>();
        Map<StepName, Fingerprint> fingerprints = new TreeMap<>();
        drafts.forEach((name, draft) -> steps.add(planned(name(name), draft, fingerprints)));
        return new ExecutionPlan(
                "clouds", Map.of(), steps, steps.stream().map(PlannedStep::name).toList(), backfill);
    }

    Run run() {
        return run(RUN.value(), null);
    }

    Run run(String id, @Nullable Reuse reuse) {
        return new Run(new RunId(id), CLUSTER, plan(), reuse, FakeClock.START);
    }

    private PlannedStep planned(StepName name, Draft draft, Map<StepName, Fingerprint> fingerprints) {
        TreeMap<String, String> ingredients = new TreeMap<>();
        List<Argument> arguments = new ArrayList<>();
        List<PlannedInput> inputs = new ArrayList<>();
        for (StepName read : draft.reads) {
            Argument uri = Argument.of(new Argument.StepOutput(read, ""));
            inputs.add(new PlannedInput(read.value(), List.of(uri), "step " + read, ""));
            arguments.add(uri);
            ingredients.put("inputs." + read, fingerprints.get(read).value());
        }
        arguments.add(Argument.of(new Argument.StepOutput(name, "")));
        if (draft.argument instanceof Argument.Literal literal) {
            ingredients.put("args.max-words", literal.text());
        } else {
            arguments.add(Argument.of(draft.argument));
        }
        Fingerprint fingerprint = new Fingerprint(ingredients);
        fingerprints.put(name, fingerprint);
        Set<StepName> dependencies = new TreeSet<>(draft.reads);
        dependencies.addAll(draft.after);
        return new PlannedStep(
                name,
                "",
                inputs,
                draft.output,
                dependencies,
                submission(arguments).withConf(arguments(draft.conf)),
                List.of(),
                fingerprint,
                draft.policy,
                draft.notRun);
    }

    private static Map<String, Argument> arguments(Map<String, String> conf) {
        Map<String, Argument> arguments = new TreeMap<>();
        conf.forEach((key, value) -> arguments.put(key, Argument.literal(value)));
        return arguments;
    }

    static SparkSubmit submission(List<Argument> arguments) {
        return new SparkSubmit(
                Argument.of(new Argument.UploadedFile("scripts/jobs.jar")),
                "Main",
                SparkSettings.defaults(),
                arguments,
                false);
    }
}
