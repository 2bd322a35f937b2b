package org.sparkpipelines.runner.platform.emr.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server of AWS's JSON protocol that gives, call by call, the answers that a test has put down for it, and keeps what it was asked. */
public final class ScriptedAws implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** One answer; a status of 0 closes the connection without any. */
    private record Answer(int status, String body) {}

    public ScriptedAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** The next answer to this call, after those put down before; the last one is given again and again. */
    public ScriptedAws answers(String call, int status, String body) {
        answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    public ScriptedAws refuses(String call, String code, String said) {
        return answers(call, 400, "{\"__type\":\"" + code + "\",\"message\":\"" + said + "\"}");
    }

    public ScriptedAws losesItsAnswer(String call) {
        return answers(call, 0, "");
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    public Aws aws(FakeTime time) {
        AwsSettings settings = new AwsSettings(
                "us-east-1",
                null,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        return new Aws(new AwsClients(settings), time.patience());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String call = target.substring(target.indexOf('.') + 1);
        exchange.getRequestBody().readAllBytes();
        Answer answer = next(call);
        if (answer.status() != 0) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private synchronized Answer next(String call) {
        calls.add(call);
        Deque<Answer> left = answers.get(call);
        if (left == null) {
            return new Answer(400, "{\"__type\":\"UnknownOperationException\"}");
        }
        return left.size() > 1 ? left.pop() : left.element();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
