package org.emrelay.runner.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.emrelay.runner.fakeaws.FakeAws;

/**
 * Terraform in a directory, with the fake AWS. A test is skipped if Terraform or its AWS provider is not available.
 *
 * <p>Terraform sleeps in real time. Meanwhile the fake's clock goes forward faster.
 */
final class TerraformProcess {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int POLL_MILLISECONDS = 100;
    private static final Duration SIMULATED_POLL = Duration.ofSeconds(5);

    private final Path directory;
    private final FakeAws aws;

    /** The exit code of a command, and what it printed. */
    record Outcome(int code, String output) {}

    private TerraformProcess(Path directory, FakeAws aws) {
        this.directory = directory;
        this.aws = aws;
    }

    /** Writes a configuration and initializes it. Another mirror of providers is given as {@code -Dterraform.plugins=DIR}. */
    static TerraformProcess initialized(Map<String, String> files, Path directory, FakeAws aws)
            throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        TerraformProcess terraform = new TerraformProcess(directory, aws);
        List<String> init = new ArrayList<>(List.of("init", "-input=false", "-backend=false"));
        String plugins = System.getProperty("terraform.plugins");
        if (plugins != null) {
            init.add("-plugin-dir=" + plugins);
        }
        Outcome outcome = terraform.run(init.toArray(String[]::new));
        if (outcome.code() != 0) {
            abort("Skipped: Terraform's provider hashicorp/aws is not available: " + outcome.output());
        }
        return terraform;
    }

    /** Runs a command that must succeed. */
    String succeed(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output();
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(List.of(arguments));
        Path log = directory.resolve(arguments[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment(aws.endpoint()));
        Process process = start(builder);
        try {
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                assertThat(System.nanoTime())
                        .as("terraform " + arguments[0] + " hangs")
                        .isLessThan(deadline);
                aws.clock().advance(SIMULATED_POLL);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(log));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException noSuchProgram) {
            return abort("Skipped: Terraform is not available: " + noSuchProgram.getMessage());
        }
    }

    private static Map<String, String> environment(URI endpoint) {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "not-so-secret",
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_EC2_METADATA_DISABLED", "true",
                "CHECKPOINT_DISABLE", "true",
                "TF_IN_AUTOMATION", "true",
                "TF_CLI_ARGS", "-no-color");
    }
}
