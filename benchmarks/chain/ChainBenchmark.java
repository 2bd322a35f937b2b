import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures a chain of steps, one process per step, started in three ways: SparkSubmit with Spark's defaults; the step
 * process with an AppCDS archive; and the latter with the next process started while the current one runs.
 */
public final class ChainBenchmark {

    private static final List<String> OPENS = Stream.of(
                    "java.base/java.lang",
                    "java.base/java.lang.invoke",
                    "java.base/java.lang.reflect",
                    "java.base/java.io",
                    "java.base/java.net",
                    "java.base/java.nio",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.base/java.util.concurrent.atomic",
                    "java.base/jdk.internal.ref",
                    "java.base/sun.nio.ch",
                    "java.base/sun.nio.cs",
                    "java.base/sun.security.action",
                    "java.base/sun.util.calendar",
                    "java.security.jgss/sun.security.krb5")
            .map(module -> "--add-opens=" + module + "=ALL-UNNAMED")
            .collect(Collectors.toList());

    private static final List<String> SETTINGS = List.of("-XX:-UsePerfData", "-Dspark.ui.enabled=false");
    private static final List<String> C1_SERIAL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> LATE_C2_PARALLEL = List.of(
            "-XX:+UseParallelGC",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");
    private static final String STEP_PROCESS = "org.emrelay.stepprocess.StepProcess";

    private final Path work;
    private final String classPath;
    private final int steps;
    private double baselineSeconds;

    private ChainBenchmark(Path runtime, Path work, int steps) throws IOException {
        this.work = work;
        this.steps = steps;
        try (Stream<Path> jars = Files.list(runtime)) {
            this.classPath = jars.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private interface Chain {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        ChainBenchmark benchmark = new ChainBenchmark(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
        benchmark.createArchive();
        if (benchmark.steps > 0) {
            benchmark.measureChains();
        }
        long rows = Long.parseLong(args[3]);
        if (rows > 0) {
            benchmark.measureLongStep(rows);
        }
    }

    private void measureChains() throws Exception {
        System.out.printf("%n| %d trivial steps | s | ratio | CPU s |%n|---|---|---|---|%n", steps);
        baselineSeconds = 0;
        baselineSeconds = row("SparkSubmit", () -> {
            for (int i = 0; i < steps; i++) {
                awaitSuccess(start(List.of(), "org.apache.spark.deploy.SparkSubmit", trivialStep()));
            }
        });
        List<String> c1 = withArchive(C1_SERIAL);
        List<String> lateC2 = withArchive(LATE_C2_PARALLEL);
        row("AppCDS, C1 only, serial GC", () -> inSequence(c1));
        row("the same, started in advance", () -> startedInAdvance(c1));
        row("AppCDS, late C2, parallel GC", () -> inSequence(lateC2));
        row("the same, started in advance", () -> startedInAdvance(lateC2));
    }

    private void measureLongStep(long rows) throws Exception {
        System.out.printf("%n| one step, %,d rows | s | ratio | CPU s |%n|---|---|---|---|%n", rows);
        String[] step = step("LongStep", Long.toString(rows));
        baselineSeconds = 0;
        baselineSeconds = row(
                "SparkSubmit",
                () -> awaitSuccess(start(List.of(), "org.apache.spark.deploy.SparkSubmit", step)));
        row("AppCDS, C1 only, serial GC", () -> runStep(withArchive(C1_SERIAL), step));
        row("AppCDS, C1 and C2, serial GC", () -> runStep(withArchive(List.of("-XX:+UseSerialGC")), step));
        row("AppCDS, late C2, parallel GC", () -> runStep(withArchive(LATE_C2_PARALLEL), step));
        row("AppCDS, C1 and C2, G1", () -> runStep(withArchive(List.of("-XX:+UseG1GC")), step));
    }

    private double row(String name, Chain chain) throws Exception {
        double cpuBefore = childCpuSeconds();
        long start = System.nanoTime();
        chain.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double ratio = baselineSeconds == 0 ? 1 : seconds / baselineSeconds;
        System.out.printf(
                "| %s | %.1f | %.2f | %.1f |%n", name, seconds, ratio, childCpuSeconds() - cpuBefore);
        return seconds;
    }

    /** CPU time of the terminated child processes, in ticks of 10 ms; Linux only. Depends least on other load. */
    private static double childCpuSeconds() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (Files.notExists(stat)) {
            return Double.NaN;
        }
        String[] fields = Files.readString(stat).split(" ");
        return (Long.parseLong(fields[15]) + Long.parseLong(fields[16])) / 100.0;
    }

    private void createArchive() throws Exception {
        List<String> flags = new ArrayList<>(C1_SERIAL);
        flags.addAll(SETTINGS);
        flags.add("-Xlog:disable");
        flags.add("-Xlog:all=error:stderr");
        flags.add("-XX:ArchiveClassesAtExit=" + archive());
        long start = System.nanoTime();
        runStep(flags, new String[] {
            "--master",
            "local[2]",
            "--class",
            "org.emrelay.stepprocess.Training",
            "spark-internal",
            work.resolve("training").toString()
        });
        System.out.printf(
                "AppCDS archive: %d MB, created in %.0f s%n",
                Files.size(archive()) / 1_000_000, (System.nanoTime() - start) / 1e9);
    }

    private Path archive() {
        return work.resolve("spark.jsa");
    }

    private List<String> withArchive(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(SETTINGS);
        all.add("-Xlog:disable");
        all.add("-Xlog:all=warning:stderr");
        all.add("-XX:SharedArchiveFile=" + archive());
        return all;
    }

    private void inSequence(List<String> flags) throws Exception {
        for (int i = 0; i < steps; i++) {
            runStep(flags, trivialStep());
        }
    }

    private void startedInAdvance(List<String> flags) throws Exception {
        Process next = start(flags, STEP_PROCESS);
        for (int i = 0; i < steps; i++) {
            Process current = next;
            send(current, trivialStep());
            if (i + 1 < steps) {
                next = start(flags, STEP_PROCESS);
            }
            awaitSuccess(current);
        }
    }

    private void runStep(List<String> flags, String[] arguments) throws Exception {
        Process process = start(flags, STEP_PROCESS);
        send(process, arguments);
        awaitSuccess(process);
    }

    private String[] trivialStep() {
        return step("TrivialStep");
    }

    private String[] step(String mainClass, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--master",
                "local[2]",
                "--class",
                mainClass,
                work.resolve("steps.jar").toString(),
                work.resolve("output").toString()));
        all.addAll(Arrays.asList(arguments));
        return all.toArray(new String[0]);
    }

    private Process start(List<String> flags, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx2g");
        command.addAll(OPENS);
        command.add("-Djdk.reflect.useDirectMethodHandle=false");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(Arrays.asList(arguments));
        File log = work.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log));
        if (mainClass.equals(STEP_PROCESS)) {
            builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        }
        return builder.start();
    }

    private static void send(Process process, String[] arguments) throws IOException {
        DataOutputStream frames = new DataOutputStream(process.getOutputStream());
        frames.writeInt(arguments.length + 1);
        frames.writeInt(0);
        for (String argument : arguments) {
            byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
            frames.writeInt(bytes.length);
            frames.write(bytes);
        }
        frames.flush();
    }

    private void awaitSuccess(Process process) throws Exception {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Step failed:\n" + Files.readString(work.resolve("log")));
        }
    }
}
