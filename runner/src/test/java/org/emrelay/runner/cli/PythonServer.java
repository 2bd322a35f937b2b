package org.emrelay.runner.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A server that others wrote in Python, in a virtual environment of its own below {@code target}. Where that cannot be made the test is skipped; a
 * server that is there and does not start is a failure.
 */
final class PythonServer implements AutoCloseable {
    private static final Path PLACE = Path.of("target", "servers");
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);

    private final Process process;
    private final int port;

    private PythonServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Installs a server, if that was not done before, and starts it.
     *
     * @param requirement the package with its version, as pip takes it
     * @param script of the tests' resources; it is given the port
     */
    static PythonServer start(String requirement, String script) {
        try {
            String name = requirement.replaceAll("[^a-z0-9.]+", "-");
            Path python = environment(requirement, PLACE.resolve(name));
            Path file = PLACE.resolve(script);
            try (InputStream text = PythonServer.class.getResourceAsStream("/servers/" + script)) {
                Files.write(file, Objects.requireNonNull(text, script).readAllBytes());
            }
            int port = freePort();
            Path log = PLACE.resolve(name + ".log");
            Process process = begin(log, python.toString(), file.toString(), String.valueOf(port));
            PythonServer server = new PythonServer(process, port);
            server.awaitAnswer(log);
            return server;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The Python in which the package is installed; a half-made environment is one that has no mark yet. */
    private static Path environment(String requirement, Path directory) throws IOException {
        Path mark = directory.resolve("installed");
        Path python = directory.resolve("bin").resolve("python").toAbsolutePath();
        if (!Files.exists(mark)) {
            Files.createDirectories(PLACE);
            orSkip("Python 3 with its module venv", "python3", "-m", "venv", "--clear", directory.toString());
            orSkip(
                    requirement,
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    requirement);
            Files.createFile(mark);
        }
        return python;
    }

    private static void orSkip(String what, String... command) throws IOException {
        Path log = PLACE.resolve("install.log");
        try {
            Process process = begin(log, command);
            if (!process.waitFor(INSTALLED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                abort("Skipped: " + what + " was not had within " + INSTALLED_WITHIN.toMinutes() + " minutes.");
            } else if (process.exitValue() != 0) {
                abort("Skipped: " + what + " cannot be had here: " + lastLine(log));
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        } catch (IOException noSuchProgram) {
            abort("Skipped: " + what + " cannot be had here: " + noSuchProgram.getMessage());
        }
    }

    private static Process begin(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing." : lines.get(lines.size() - 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException {
        Instant latest = Instant.now().plus(STARTED_WITHIN);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(latest)) {
                close();
                throw new IllegalStateException("the server does not start; " + log + " ends: " + lastLine(log));
            }
            pause();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
