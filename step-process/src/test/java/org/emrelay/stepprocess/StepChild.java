package org.emrelay.stepprocess;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.emrelay.stepprocess.steps.WritesRows;

/** A step process started the way the runner starts it. Every wait on it times out after two minutes. */
final class StepChild implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 120;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    private StepChild(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StepChild start(Path folder) throws IOException {
        return start(folder, List.of());
    }

    /** The launcher, if any, is the parent process of the JVM, in the role of the runner. */
    static StepChild start(Path folder, List<String> launcher) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dspark.ui.enabled=false"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath(), StepProcess.class.getName()));
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return new StepChild(builder.start(), errors);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Packages the sample steps in a jar for spark-submit. */
    static Path buildStepsJar(Path folder) throws IOException {
        Path jar = folder.resolve("steps.jar");
        File classes = new File(
                WritesRows.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath(),
                WritesRows.class.getPackageName().replace('.', '/'));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of(classes.list())) {
                out.putNextEntry(new JarEntry(WritesRows.class.getPackageName().replace('.', '/') + "/" + name));
                Files.copy(classes.toPath().resolve(name), out);
                out.closeEntry();
            }
        }
        return jar;
    }

    void send(String... strings) throws IOException {
        DataOutputStream frames = new DataOutputStream(process.getOutputStream());
        frames.writeInt(strings.length);
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            frames.writeInt(bytes.length);
            frames.write(bytes);
        }
        frames.flush();
    }

    OutputStream standardInput() {
        return process.getOutputStream();
    }

    String readLine() throws IOException {
        return output.readLine();
    }

    long pid() {
        return process.pid();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The process is still running.");
        }
        return process.exitValue();
    }

    static void awaitEnd(ProcessHandle handle) throws Exception {
        handle.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    void kill() {
        process.destroyForcibly();
    }

    String output() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        output.close();
    }
}
