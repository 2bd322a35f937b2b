package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.ec2.Subnet;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.yarn.YarnStepExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/real-aws.sh}, with the fake AWS in the place of the real one. */
@Tag("servers")
final class RealAwsKitIT {
    private static final int SPEED = 20;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "not-so-secret");

    @TempDir
    Path directory;

    /** The script builds what is not built. The build of this test is complete, and other tests run from its jar. */
    @BeforeEach
    void markAsBuilt() throws IOException {
        Files.writeString(BuildArtifacts.runnerJar().resolveSibling("built"), "");
    }

    @Test
    void doesNothingWithoutConsent() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            assertThat(run(aws, KEYS, "--bucket", "given", "--prefix", "team", "--subnet", "subnet-12345678"))
                    .isEqualTo(2);

            assertThat(aws.calls().all()).isEmpty();
            assertThat(text("out"))
                    .startsWith("usage: benchmarks/real-aws.sh --yes-spend")
                    .endsWith("Ctrl-C and failures terminate the cluster too.\n");
        }
    }

    /** The SDK gets the credentials of the profile with a token, by a call that the recording must not have. */
    @Test
    void doesNotRecordHowCredentialsAreObtained() throws Exception {
        Path sso = Files.createDirectories(directory.resolve(".aws/sso/cache"));
        Files.writeString(directory.resolve(".aws/config"), """
                [sso-session earlier]
                sso_start_url = https://earlier.example.com/start
                sso_region = us-east-1

                [profile sso]
                sso_session = earlier
                sso_account_id = 111122223333
                sso_role_name = Developer
                """);
        Files.writeString(sso.resolve(AwsProfilesTest.CACHE_OF_EARLIER), """
                {"accessToken": "not-so-secret", "expiresAt": "2099-01-01T00:00:00Z", "region": "us-east-1",
                 "startUrl": "https://earlier.example.com/start"}
                """);
        Map<String, String> profile = Map.of("AWS_PROFILE", "sso", "HOME", directory.toString());
        try (FakeAws aws = FakeAws.start()) {
            Subnet subnet = aws.account().endpointSubnet(aws.account().vpc(), "us-east-1a");

            int code = run(aws, profile, options(subnet, 500));

            assertThat(code).as(text("out")).isEqualTo(4);
            assertThat(text("out")).contains("No AWS credentials found");
            assertThat(text("recording/calls.jsonl")).doesNotContain("not-so-secret", "111122223333");
        }
    }

    @Test
    void recordsARunAndJudgesTheGuesses() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            aws.emr().scriptSteps(step -> script(aws, step));

            String rules = record(aws, 500);

            assertThat(verdict(rules, "Node labels are off")).isEqualTo("right");
            // The fake nodes have no shell that removes the escapes.
            assertThat(verdict(rules, "EMR's agent starts")).isEqualTo("WRONG");
            assertThat(verdict(rules, "ListSupportedInstanceTypes returns")).isEqualTo("right");
            assertThat(verdict(rules, "S3A with a region")).isEqualTo("not seen");
        }
    }

    /** As on real EMR: all 20,000 titles, on a real YARN. */
    @Test
    @EnabledIfSystemProperty(named = "test.exhaustive", matches = "true")
    void recordsARunOfRealSteps() throws Exception {
        try (FakeAws aws = FakeAws.start();
                YarnStepExecutor yarn = new YarnStepExecutor(aws, "real-aws-kit", PythonEnvironment.ofSteps())) {
            aws.executeSteps(yarn);

            String rules = record(aws, 20_000);

            assertThat(verdict(rules, "Node labels are off")).isEqualTo("right");
            assertThat(verdict(rules, "EMR's agent starts")).isEqualTo("right");
            assertThat(text("recording/probes.json")).contains("ValueError: the probe was told to fail");
            assertThat(directory.resolve("recording/results/clouds/index.html")).exists();
        }
    }

    /** Runs the script and returns its judgement of the rules. */
    private String record(FakeAws aws, int rows) throws Exception {
        Subnet subnet = aws.account().endpointSubnet(aws.account().vpc(), "us-east-1a");
        aws.account().bucket("given");
        aws.clock().advance(Duration.between(aws.clock().instant(), Instant.now()));
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> ticking = ticks.scheduleAtFixedRate(
                    () -> aws.clock().advance(TICK.multipliedBy(SPEED)),
                    TICK.toMillis(),
                    TICK.toMillis(),
                    TimeUnit.MILLISECONDS);
            int code = run(aws, KEYS, options(subnet, rows));
            assertThat(code).as(text("out")).isZero();
            assertThat(ticking.isDone()).isFalse();
        } finally {
            ticks.shutdownNow();
        }
        assertThat(aws.remaining()).isNotEmpty().allMatch(left -> left.startsWith("s3 object given/team/"));
        assertThat(text("recording/removed-again.txt")).isEqualTo("No resources of 'real-aws' exist.\n");
        assertThat(text("recording/calls.jsonl")).doesNotContain("not-so-secret", "AKIDEXAMPLE");
        return text("recording/rules.md");
    }

    private static String[] options(Subnet subnet, int rows) {
        return new String[] {
            "--yes-spend", "--bucket", "given", "--prefix", "team", "--subnet", subnet.id(), "--rows", "" + rows
        };
    }

    private static StepScript script(FakeAws aws, String step) {
        return step.contains("failing")
                ? StepScript.failsAfter(Duration.ofSeconds(20), "exit code 1")
                : StepScript.completesAfter(Duration.ofSeconds(20)).withProgram((name, arguments, scripted) -> {
                    writeOutput(aws, arguments);
                    return scripted;
                });
    }

    /** Writes the arguments after the output's location as probe.py does. */
    private static void writeOutput(FakeAws aws, List<String> arguments) {
        int output = arguments.indexOf("--output") + 1;
        if (output == 0) {
            return; // a YARN cleanup step
        }
        String[] bucketAndKey =
                arguments.get(output).substring("s3://".length()).split("/", 2);
        String lines = arguments.stream()
                .skip(output + 1)
                .map(argument -> HexFormat.of().formatHex(argument.getBytes(StandardCharsets.UTF_8)) + ".\n")
                .collect(Collectors.joining());
        aws.s3().write(bucketAndKey[0], bucketAndKey[1] + "/part-00000", lines.getBytes(StandardCharsets.UTF_8));
        aws.s3().write(bucketAndKey[0], bucketAndKey[1] + "/_SUCCESS", new byte[0]);
    }

    private int run(FakeAws aws, Map<String, String> credentials, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash", BuildArtifacts.root().resolve("benchmarks/real-aws.sh").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--record", directory.resolve("recording").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(credentials);
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_REGION", "us-east-1");
        builder.environment().put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return process.waitFor();
    }

    private static String verdict(String rules, String firstWords) {
        return rules.lines()
                .filter(line -> line.startsWith("| " + firstWords))
                .map(line -> line.split("\\|", -1)[2].strip())
                .findFirst()
                .orElse("no rule starts with " + firstWords);
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
    }
}
