package org.emrelay.runner.cli;

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
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * An AWS server written in Python, in its own virtual environment below {@code target}. The test is skipped if the
 * environment cannot be created; a server that does not start is a failure.
 */
final class PythonServer implements AutoCloseable {
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
            Path python = PythonEnvironment.with(requirement);
            Path file = PythonEnvironment.DIRECTORY.resolve(script);
            try (InputStream text = PythonServer.class.getResourceAsStream("/servers/" + script)) {
                Files.write(file, Objects.requireNonNull(text, script).readAllBytes());
            }
            int port = freePort();
            Path log = PythonEnvironment.DIRECTORY.resolve(script + ".log");
            Process process =
                    PythonEnvironment.startProcess(log, python.toString(), file.toString(), String.valueOf(port));
            PythonServer server = new PythonServer(process, port);
            server.awaitStart(log);
            return server;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
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
                        "The server does not start. Last line of " + log + ": " + PythonEnvironment.lastLine(log));
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
