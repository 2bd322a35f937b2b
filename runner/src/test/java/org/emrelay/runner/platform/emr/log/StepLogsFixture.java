package org.emrelay.runner.platform.emr.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.SimulatedClock;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;

/** A log bucket that receives the logs of one step as EMR uploads them, with the code under test as the reader. */
final class StepLogsFixture implements AutoCloseable {
    static final String STEP = "steps/s-2ABC/";
    static final String APPLICATION = "application_1795183200000_0003";
    static final String DRIVER = "containers/" + APPLICATION + "/container_1795183200000_0003_01_000001/";
    static final String URI = "s3://titles-logs/logs/j-1XYZ/";

    final FakeAws aws = FakeAws.start();
    final List<LogWaitPolicy.WaitProgress> waits = new ArrayList<>();
    final List<String> errors = new ArrayList<>();
    final List<String> printed = new ArrayList<>();
    private final AwsClients clients = new AwsClients(new AwsSettings(
            "us-east-1", null, aws.endpoint(), Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test")));
    private final StepLogLocation location =
            StepLogLocation.of("s3n://titles-logs/logs/", "j-1XYZ", "s-2ABC").orElseThrow();

    StepLogsFixture() {
        aws.s3().addBucket("titles-logs", "us-east-1");
    }

    private StepLogs stepLogs() {
        return new StepLogs(new AwsContext(clients, new AwsRetry(aws.clock(), aws.clock()::sleep, new Random(1))));
    }

    Optional<Diagnosis> diagnose(Duration maxWait) {
        return stepLogs().diagnose(location, waitPolicy(maxWait));
    }

    void follow(Duration maxWait, BooleanSupplier ended) {
        stepLogs().follow(location, ended, waitPolicy(maxWait), this::recordLine);
    }

    boolean print() {
        return stepLogs().print(location, this::recordLine);
    }

    private LogWaitPolicy waitPolicy(Duration maxWait) {
        return new LogWaitPolicy(maxWait, waits::add, errors::add);
    }

    /** Prefixes the line with the simulated minute. */
    private void recordLine(String uri, String line) {
        printed.add(time().elapsed().toMinutes() + " " + uri.substring(URI.length()) + ": " + line);
    }

    SimulatedClock time() {
        return aws.clock();
    }

    StepLogsFixture ship(String path, String text) {
        return shipBytes(path, gzip(text));
    }

    StepLogsFixture shipBytes(String path, byte[] content) {
        aws.s3().write("titles-logs", "logs/j-1XYZ/" + path, content);
        return this;
    }

    StepLogsFixture shipAfter(Duration delay, String path, String text) {
        aws.clock().schedule(delay, () -> ship(path, text));
        return this;
    }

    /** Uploads EMR's controller log, the last log that EMR writes for a step. */
    StepLogsFixture stepFailed() {
        return ship(
                STEP + "controller.gz",
                "2026-11-21T03:45:12.001Z WARN Step failed with exitCode 1 and took 30 seconds\n");
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        clients.close();
        aws.close();
    }
}
