package org.emrelay.runner.fakeaws.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * An HTTP/1.1 server with one thread per connection, for full control over how connections end. The JDK's own
 * server closes a channel late: only when its selector next wakes up.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    private final ServerSocket serverSocket;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-aws");
        thread.setDaemon(true);
        return thread;
    });

    /** Handles requests concurrently. */
    public interface Handler {
        Reply serve(Request request) throws InterruptedException;
    }

    /** A response and how much of it to send. */
    public record Reply(Response response, Delivery delivery) {
        public static Reply full(Response response) {
            return new Reply(response, Delivery.FULL);
        }

        public static Reply half(Response response) {
            return new Reply(response, Delivery.HALF);
        }

        public static Reply none() {
            return new Reply(Response.empty(500), Delivery.NONE);
        }
    }

    /** How much of a response is sent. Unless it is {@code FULL}, the connection is closed afterwards. */
    public enum Delivery {
        FULL,
        HALF,
        NONE
    }

    public HttpServer(Handler handler) {
        this.handler = handler;
        try {
            serverSocket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        threads.execute(this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + serverSocket.getLocalPort());
    }

    private void accept() {
        while (!serverSocket.isClosed()) {
            try {
                Socket connection = serverSocket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException serverClosed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (serveNext(in, connection)) {
                // Keep-alive: the client may send another request.
            }
        } catch (IOException disconnected) {
            // A client that disconnects is not an error.
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private boolean serveNext(InputStream in, Socket connection) throws IOException, InterruptedException {
        String requestLine = readLine(in);
        if (requestLine.isEmpty()) {
            return false;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, header.substring(colon + 1).strip(), (one, other) -> one + "," + other);
        }
        OutputStream out = connection.getOutputStream();
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write(utf8("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] parts = requestLine.split(" ", -1);
        Reply reply = handler.serve(Request.of(parts[0], parts[1], headers, body));
        if (reply.delivery() == Delivery.NONE) {
            connection.setSoLinger(true, 0);
            return false;
        }
        send(out, parts[0], reply);
        return reply.delivery() == Delivery.FULL && !"close".equalsIgnoreCase(headers.get("connection"));
    }

    private static void send(OutputStream out, String method, Reply reply) throws IOException {
        Response response = reply.response();
        byte[] body = response.body();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " -\r\n");
        response.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        boolean hasContentLength = response.headers().keySet().stream().anyMatch("Content-Length"::equalsIgnoreCase);
        if (!hasContentLength && !WITHOUT_BODY.contains(response.status())) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(utf8(head.append("\r\n").toString()));
        if (!method.equals("HEAD")) {
            message.write(body, 0, reply.delivery() == Delivery.HALF ? body.length / 2 : body.length);
        }
        message.writeTo(out);
    }

    /** Reads a line without its terminator; empty at the end of the stream. */
    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            serverSocket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } finally {
            threads.shutdownNow();
        }
    }
}
