package org.emrelay.runner.stream.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server's side of a connection: reads one HTTP request, and writes whatever a script wants. */
final class Peer {
    private final Socket socket;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String requestLine = "";
    private volatile Map<String, String> headers = Map.of();
    private volatile String body = "";
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    Peer(Socket socket) {
        this.socket = socket;
    }

    void serve(ScriptedServer.Script script) {
        try (socket) {
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            readRequest();
            script.serve(this);
        } catch (IOException | UncheckedIOException exception) {
            // The client ended the connection; the test sees the consequence.
        } finally {
            ended.countDown();
        }
    }

    private void readRequest() throws IOException {
        requestLine = line();
        Map<String, String> read = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            read.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        headers = read;
        int length = Integer.parseInt(read.getOrDefault("Content-Length", "0"));
        body = new String(new DataInputStream(in).readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the client has closed the connection");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Method and path with the query. */
    String request() {
        return requestLine.replace(" HTTP/1.1", "");
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String body() {
        return body;
    }

    InputStream in() {
        return in;
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Peer send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** A whole response; the connection is closed after it. */
    void respond(int status, String text, String... moreHeaders) throws IOException {
        StringBuilder response = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\nConnection: close\r\n");
        for (String header : moreHeaders) {
            response.append(header).append("\r\n");
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        send(response + "Content-Length: " + content.length + "\r\n\r\n" + text);
    }

    /** Waits until the client closes the connection. */
    void awaitClose() throws IOException {
        byte[] ignored = new byte[8192];
        int count;
        do {
            count = in.read(ignored);
        } while (count >= 0);
    }

    void close() {
        try {
            socket.close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Whether the script has ended, which happens when the client closes its socket. */
    boolean hasEnded() throws InterruptedException {
        return ended.await(20, TimeUnit.SECONDS);
    }
}
