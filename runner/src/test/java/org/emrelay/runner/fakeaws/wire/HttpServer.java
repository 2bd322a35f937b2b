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
 * A server of HTTP/1.1 with a thread for each connection, so that a test decides when and how one ends. The JDK's own closes a channel later than it says,
 * when its selector next looks.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    private final ServerSocket listening;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-aws");
        thread.setDaemon(true);
        return thread;
    });

    /** Answers requests, many at once. */
    public interface Handler {
        Reply serve(Request request) throws InterruptedException;
    }

    /** What comes of a request on the wire. */
    public record Reply(Answer answer, Portion portion) {
        public static Reply whole(Answer answer) {
            return new Reply(answer, Portion.WHOLE);
        }

        public static Reply half(Answer answer) {
            return new Reply(answer, Portion.HALF);
        }

        public static Reply none() {
            return new Reply(Answer.empty(500), Portion.NONE);
        }
    }

    /** How much of an answer arrives; after less than all of it the connection ends. */
    public enum Portion {
        WHOLE,
        HALF,
        NONE
    }

    public HttpServer(Handler handler) {
        this.handler = handler;
        try {
            listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        threads.execute(this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (answerNext(in, connection)) {
                // The client may ask again on the same connection.
            }
        } catch (IOException gone) {
            // A client that dies is nothing that a server complains of.
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private boolean answerNext(InputStream in, Socket connection) throws IOException, InterruptedException {
        String first = line(in);
        if (first.isEmpty()) {
            return false;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, header.substring(colon + 1).strip(), (one, other) -> one + "," + other);
        }
        OutputStream out = connection.getOutputStream();
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] words = first.split(" ", -1);
        Reply reply = handler.serve(Request.of(words[0], words[1], headers, body));
        if (reply.portion() == Portion.NONE) {
            connection.setSoLinger(true, 0);
            return false;
        }
        send(out, words[0], reply);
        return reply.portion() == Portion.WHOLE && !"close".equalsIgnoreCase(headers.get("connection"));
    }

    private static void send(OutputStream out, String method, Reply reply) throws IOException {
        Answer answer = reply.answer();
        byte[] body = answer.body();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        boolean tellsLength = answer.headers().keySet().stream().anyMatch("Content-Length"::equalsIgnoreCase);
        if (!tellsLength && !WITHOUT_BODY.contains(answer.status())) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(ascii(head.append("\r\n").toString()));
        if (!method.equals("HEAD")) {
            all.write(body, 0, reply.portion() == Portion.HALF ? body.length / 2 : body.length);
        }
        all.writeTo(out);
    }

    /** Without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            listening.close();
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
