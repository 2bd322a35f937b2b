package org.emrelay.runner.diagnosis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Sample logs of Spark, YARN and Python in the test resources. */
final class SampleLog {
    private SampleLog() {}

    static Optional<Cause> cause(String name) {
        try (InputStream log = stream(name)) {
            return find(log);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Optional<Cause> find(InputStream log) throws IOException {
        return CauseFinder.find(log, UnaryOperator.identity()).map(Finding::cause);
    }

    static Finding finding(String log) {
        try {
            return CauseFinder.find(utf8(log), UnaryOperator.identity()).orElseThrow();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** Finds the cause in lines that a reader has split. */
    static Optional<Cause> find(Stream<String> lines) {
        LogScan scan = new LogScan(SparkProcess.DRIVER);
        lines.forEach(scan::accept);
        return scan.result().map(Finding::cause);
    }

    static String text(String name) {
        try (InputStream log = stream(name)) {
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream stream(String name) {
        return Objects.requireNonNull(SampleLog.class.getResourceAsStream(name), name);
    }
}
