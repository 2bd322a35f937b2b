package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Arbitrary pipelines: any DAG, in any file order, with any combination of settings. */
final class PipelineArbitraries {
    private static final List<String> FILES =
            List.of("/project/a.jar", "/project/b.jar", "/other/a.jar", "/project/data.csv", "/other/data.csv");

    private PipelineArbitraries() {}

    static Arbitrary<Pipeline> pipelines() {
        return Combinators.combine(Arbitraries.integers().between(1, 9), Arbitraries.longs())
                .as(PipelineArbitraries::pipeline);
    }

    /** Arguments from a few easily confused values, so that two are often equal. */
    static Arbitrary<Arguments> arguments() {
        Arbitrary<Argument> value = Arbitraries.of(
                Argument.literal(""),
                Argument.literal("a"),
                Argument.literal("b"),
                Argument.literal("a, b"),
                Argument.literal("$"),
                Argument.literal("${output}"),
                Argument.literal("$${output}"),
                Argument.of(new Argument.OutputUri()),
                Argument.of(new Argument.Literal("$"), new Argument.OutputUri()));
        Arbitrary<Arguments> verbatim = value.list().ofMaxSize(2).map(Arguments.Verbatim::new);
        Arbitrary<Arguments> flags =
                value.list().ofMaxSize(2).map(values -> new Arguments.Flags(List.of(new Arguments.Flag("x", values))));
        return Arbitraries.oneOf(verbatim, flags);
    }

    /** The hashes of all files, each different. */
    static FileHashes hashes() {
        Map<Path, String> contents = new HashMap<>();
        FILES.forEach(file -> contents.put(Path.of(file), "hash-of-" + file.replace('/', '.')));
        return new FileHashes(contents);
    }

    static FileHashes hashesWithChanged(Path file) {
        Map<Path, String> contents = new HashMap<>(hashes().hashes());
        contents.put(file, "changed");
        return new FileHashes(contents);
    }

    private static Pipeline pipeline(int size, long seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            steps.add(step(i, random));
        }
        java.util.Collections.shuffle(steps, random);
        return new Pipeline("pipeline", steps);
    }

    private static StepName name(int number) {
        return new StepName("step" + number);
    }

    private static Step step(int number, Random random) {
        List<Input> inputs = inputs(number, random);
        Set<StepName> after = new TreeSet<>();
        for (int earlier = 0; earlier < number; earlier++) {
            if (random.nextInt(5) == 0) {
                after.add(name(earlier));
            }
        }
        FileRef script = new FileRef.Local(file(random));
        return new Step(
                name(number),
                "step " + number,
                random.nextBoolean() ? new Program.Jar(script, "Main" + random.nextInt(3)) : new Program.Python(script),
                inputs,
                output(number, random),
                arguments(inputs, random),
                after,
                settings(random),
                FailurePolicy.DEFAULT,
                random.nextInt(8) == 0 ? "disabled" : "");
    }

    private static Path file(Random random) {
        return Path.of(FILES.get(random.nextInt(FILES.size())));
    }

    private static List<Input> inputs(int number, Random random) {
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            Source source = switch (random.nextInt(number == 0 ? 2 : 4)) {
                case 0 -> new FileRef.Remote("s3://bucket/data" + random.nextInt(3));
                case 1 -> new FileRef.Local(file(random));
                default -> new Source.FromStep(name(random.nextInt(number)), random.nextBoolean() ? "" : "part");
            };
            inputs.add(new Input("in" + i, source, random.nextBoolean() ? "" : "parameter" + i, random.nextBoolean()));
        }
        return inputs;
    }

    private static Output output(int number, Random random) {
        Output.Destination destination = switch (random.nextInt(4)) {
            case 0 -> new Output.AtUri("s3://bucket/out" + number);
            case 1 -> new Output.WorkspacePath("output/own" + number);
            default -> new Output.Automatic();
        };
        return new Output(
                destination,
                random.nextBoolean() ? "output" : "o",
                "parquet",
                random.nextBoolean() ? Overwrite.RESULTS : Overwrite.NONE,
                random.nextBoolean(),
                List.of());
    }

    private static Arguments arguments(List<Input> inputs, Random random) {
        if (random.nextInt(3) == 0) {
            List<Argument> arguments = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                arguments.add(template(inputs, random));
            }
            return new Arguments.Verbatim(arguments);
        }
        List<Arguments.Flag> flags = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            List<Argument> values = new ArrayList<>();
            for (int j = 0; j < random.nextInt(3); j++) {
                values.add(template(inputs, random));
            }
            flags.add(new Arguments.Flag("flag" + i, values));
        }
        return new Arguments.Flags(flags);
    }

    private static Argument template(List<Input> inputs, Random random) {
        Argument.Part part = switch (random.nextInt(inputs.isEmpty() ? 4 : 5)) {
            case 0 -> new Argument.Secret("hidden" + random.nextInt(3));
            case 1 -> new Argument.OutputUri();
            case 2 -> new Argument.WorkspaceName();
            case 3 ->
                new Argument.Literal(
                        List.of("", "a", "b", "a, b", "${output}", "$").get(random.nextInt(6)));
            default ->
                new Argument.InputUri(inputs.get(random.nextInt(inputs.size())).name());
        };
        return random.nextBoolean() ? Argument.of(part) : Argument.of(new Argument.Literal("$"), part);
    }

    private static SparkSettings<NamedFile> settings(Random random) {
        Map<String, Argument> conf = new LinkedHashMap<>();
        Map<String, Argument> env = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            conf.put("spark.x", Argument.literal(String.valueOf(random.nextInt(3))));
            env.put("X_TOKEN", Argument.of(new Argument.Secret("hidden" + random.nextInt(3))));
        }
        List<NamedFile> jars = new ArrayList<>();
        for (int i = 0; i < random.nextInt(5); i++) {
            FileRef jar = random.nextInt(4) == 0
                    ? new FileRef.Remote("s3://bucket/" + i + ".jar")
                    : new FileRef.Local(file(random));
            jars.add(new NamedFile(jar, ""));
        }
        return SparkSettings.<NamedFile>defaults()
                .with(
                        SparkOption.EXECUTOR_MEMORY,
                        random.nextBoolean()
                                ? null
                                : MemorySize.parse(512 + random.nextInt(3) + "m")
                                        .orElseThrow())
                .with(SparkOption.EXECUTOR_CORES, random.nextBoolean() ? null : (Integer) (1 + random.nextInt(3)))
                .with(SparkOption.NUM_EXECUTORS, random.nextBoolean() ? null : (Integer) (1 + random.nextInt(3)))
                .with(SparkOption.DEPLOY_MODE, random.nextBoolean() ? DeployMode.CLUSTER : DeployMode.CLIENT)
                .withConf(conf)
                .with(SparkOption.PACKAGES, random.nextBoolean() ? List.of() : List.of("g:a:1"))
                .with(FileOption.JARS, jars)
                .with(
                        FileOption.FILES,
                        random.nextBoolean()
                                ? List.of()
                                : List.of(new NamedFile(
                                        new FileRef.Local(file(random)), random.nextBoolean() ? "" : "alias")))
                .withEnv(env);
    }
}
