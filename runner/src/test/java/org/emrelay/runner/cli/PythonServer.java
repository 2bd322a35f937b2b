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
 * An AWS server written in Python, in its own virtual environment below {@code target}. The test is skipped if the
 * environment cannot be created; a server that does not start is a failure.
 */
final class PythonServer implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "servers");
    private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final Process process;
    private final int port;

    private PythonServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Installs a server, unless installed before, and starts it.
     *
     * @param requirement the package with its version, as a pip requirement
     * @param script the script in the test resources that starts the server; its argument is the port
     */
    static PythonServer start(String requirement, String script) {
        try {
            String name = requirement.replaceAll("[^a-z0-9.]+", "-");
            Path python = environment(requirement, DIRECTORY.resolve(name));
            Path file = DIRECTORY.resolve(script);
            try (InputStream text = PythonServer.class.getResourceAsStream("/servers/" + script)) {
                Files.write(file, Objects.requireNonNull(text, script).readAllBytes());
            }
            int port = freePort();
            Path log = DIRECTORY.resolve(name + ".log");
            Process process = startProcess(log, python.toString(), file.toString(), String.valueOf(port));
            PythonServer server = new PythonServer(process, port);
            server.awaitStart(log);
            return server;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The Python with the package installed. An environment without the marker file is incomplete and is recreated. */
    private static Path environment(String requirement, Path directory) throws IOException {
        Path marker = directory.resolve("installed");
        Path python = directory.resolve("bin").resolve("python").toAbsolutePath();
        if (!Files.exists(marker)) {
            Files.createDirectories(DIRECTORY);
            runOrSkip("Python 3 with its module venv", "python3", "-m", "venv", "--clear", directory.toString());
            runOrSkip(
                    requirement,
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    requirement);
            Files.createFile(marker);
        }
        return python;
    }

    private static void runOrSkip(String requirement, String... command) throws IOException {
        Path log = DIRECTORY.resolve("install.log");
        try {
            Process process = startProcess(log, command);
            if (!process.waitFor(INSTALL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                abort("Skipped: " + requirement + " was not installed within " + INSTALL_TIMEOUT.toMinutes()
                        + " minutes.");
            } else if (process.exitValue() != 0) {
                abort("Skipped: " + requirement + " is not available: " + lastLine(log));
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        } catch (IOException noSuchProgram) {
            abort("Skipped: " + requirement + " is not available: " + noSuchProgram.getMessage());
        }
    }

    private static Process startProcess(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "no output." : lines.get(lines.size() - 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart(Path log) throws IOException {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                close();
                throw new IllegalStateException(
                        "The server does not start. Last line of " + log + ": " + lastLine(log));
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
