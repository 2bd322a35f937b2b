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
 * Measures one chain of steps, each alone in its process, in these ways: plain SparkSubmit with Spark's defaults; the
 * step process with a class-data archive; and the same with the next process started while the present one runs.
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
    private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> LONG = List.of(
            "-XX:+UseParallelGC",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");
    private static final String STEP_PROCESS = "org.emrelay.stepprocess.StepProcess";

    private final Path work;
    private final String classPath;
    private final int steps;
    private double plainSeconds;

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
        benchmark.dump();
        if (benchmark.steps > 0) {
            benchmark.measureChains();
        }
        long rows = Long.parseLong(args[3]);
        if (rows > 0) {
            benchmark.measureLongStep(rows);
        }
    }

    private void measureChains() throws Exception {
        System.out.printf("%n| %d trivial steps | s | of plain | CPU s |%n|---|---|---|---|%n", steps);
        plainSeconds = 0;
        plainSeconds = row("plain SparkSubmit", () -> {
            for (int i = 0; i < steps; i++) {
                expectDone(start(List.of(), "org.apache.spark.deploy.SparkSubmit", trivialStep()));
            }
        });
        List<String> quick = with(SHORT);
        List<String> thorough = with(LONG);
        row("archive, C1 alone, serial GC", () -> oneAfterAnother(quick));
        row("the same, started ahead", () -> startedAhead(quick));
        row("archive, late C2, parallel GC", () -> oneAfterAnother(thorough));
        row("the same, started ahead", () -> startedAhead(thorough));
    }

    private void measureLongStep(long rows) throws Exception {
        System.out.printf("%n| a step of %,d rows | s | of plain | CPU s |%n|---|---|---|---|%n", rows);
        String[] step = step("LongStep", Long.toString(rows));
        plainSeconds = 0;
        plainSeconds = row(
                "plain SparkSubmit",
                () -> expectDone(start(List.of(), "org.apache.spark.deploy.SparkSubmit", step)));
        row("archive, C1 alone, serial GC", () -> runStep(with(SHORT), step));
        row("archive, both compilers, serial GC", () -> runStep(with(List.of("-XX:+UseSerialGC")), step));
        row("archive, late C2, parallel GC", () -> runStep(with(LONG), step));
        row("archive, both compilers, G1", () -> runStep(with(List.of("-XX:+UseG1GC")), step));
    }

    private double row(String name, Chain chain) throws Exception {
        double cpuBefore = cpuSecondsOfChildren();
        long began = System.nanoTime();
        chain.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        double ratio = plainSeconds == 0 ? 1 : seconds / plainSeconds;
        System.out.printf(
                "| %s | %.1f | %.2f | %.1f |%n", name, seconds, ratio, cpuSecondsOfChildren() - cpuBefore);
        return seconds;
    }

    /** What a busy machine distorts least; known on Linux alone, in hundredths of a second. */
    private static double cpuSecondsOfChildren() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (Files.notExists(stat)) {
            return Double.NaN;
        }
        String[] fields = Files.readString(stat).split(" ");
        return (Long.parseLong(fields[15]) + Long.parseLong(fields[16])) / 100.0;
    }

    private void dump() throws Exception {
        List<String> dumping = new ArrayList<>(SHORT);
        dumping.addAll(SETTINGS);
        dumping.add("-Xlog:disable");
        dumping.add("-Xlog:all=error:stderr");
        dumping.add("-XX:ArchiveClassesAtExit=" + archive());
        long began = System.nanoTime();
        runStep(dumping, new String[] {
            "--master",
            "local[2]",
            "--class",
            "org.emrelay.stepprocess.Training",
            "spark-internal",
            work.resolve("training").toString()
        });
        System.out.printf(
                "archive: %d MB in %.0f s%n",
                Files.size(archive()) / 1_000_000, (System.nanoTime() - began) / 1e9);
    }

    private Path archive() {
        return work.resolve("spark.jsa");
    }

    private List<String> with(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(SETTINGS);
        all.add("-Xlog:disable");
        all.add("-Xlog:all=warning:stderr");
        all.add("-XX:SharedArchiveFile=" + archive());
        return all;
    }

    private void oneAfterAnother(List<String> flags) throws Exception {
        for (int i = 0; i < steps; i++) {
            runStep(flags, trivialStep());
        }
    }

    private void startedAhead(List<String> flags) throws Exception {
        Process next = start(flags, STEP_PROCESS);
        for (int i = 0; i < steps; i++) {
            Process current = next;
            send(current, trivialStep());
            if (i + 1 < steps) {
                next = start(flags, STEP_PROCESS);
            }
            expectDone(current);
        }
    }

    private void runStep(List<String> flags, String[] arguments) throws Exception {
        Process process = start(flags, STEP_PROCESS);
        send(process, arguments);
        expectDone(process);
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

    private void expectDone(Process process) throws Exception {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("A step failed:\n" + Files.readString(work.resolve("log")));
        }
    }
}
