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
import org.emrelay.runner.fakeaws.FakeTime;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;

/** A bucket in which the logs of one step turn up, as EMR ships them, and somebody who reads them. */
final class LogRoom implements AutoCloseable {
    static final String STEP = "steps/s-2ABC/";
    static final String APPLICATION = "application_1795183200000_0003";
    static final String DRIVER = "containers/" + APPLICATION + "/container_1795183200000_0003_01_000001/";
    static final String URI = "s3://titles-logs/logs/j-1XYZ/";

    final FakeAws fake = FakeAws.start();
    final List<LogWaitPolicy.Waiting> waited = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();
    final List<String> printed = new ArrayList<>();
    private final AwsClients clients = new AwsClients(new AwsSettings(
            "us-east-1", null, fake.endpoint(), Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test")));
    private final StepPlace place =
            StepPlace.of("s3n://titles-logs/logs/", "j-1XYZ", "s-2ABC").orElseThrow();

    LogRoom() {
        fake.s3().add("titles-logs", "us-east-1");
    }

    private StepLogs logs() {
        return new StepLogs(new AwsContext(clients, new AwsRetry(fake.time(), fake.time()::sleep, new Random(1))));
    }

    Optional<Diagnosis> diagnose(Duration atMost) {
        return logs().diagnose(place, shipment(atMost));
    }

    void follow(Duration atMost, BooleanSupplier ended) {
        logs().follow(place, ended, shipment(atMost), this::hear);
    }

    boolean print() {
        return logs().print(place, this::hear);
    }

    private LogWaitPolicy shipment(Duration atMost) {
        return new LogWaitPolicy(atMost, waited::add, troubles::add);
    }

    /** With the fake minute at which it was printed. */
    private void hear(String uri, String line) {
        printed.add(time().elapsed().toMinutes() + " " + uri.substring(URI.length()) + ": " + line);
    }

    FakeTime time() {
        return fake.time();
    }

    LogRoom ship(String path, String text) {
        return shipBytes(path, zipped(text));
    }

    LogRoom shipBytes(String path, byte[] content) {
        fake.s3().write("titles-logs", "logs/j-1XYZ/" + path, content);
        return this;
    }

    LogRoom shipAfter(Duration delay, String path, String text) {
        fake.time().after(delay, () -> ship(path, text));
        return this;
    }

    /** EMR's own log, the last thing that it writes of a step. */
    LogRoom stepFailed() {
        return ship(
                STEP + "controller.gz",
                "2026-11-21T03:45:12.001Z WARN Step failed with exitCode 1 and took 30 seconds\n");
    }

    static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        clients.close();
        fake.close();
    }
}
