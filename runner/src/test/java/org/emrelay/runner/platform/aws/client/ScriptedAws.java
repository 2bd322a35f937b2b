package org.emrelay.runner.platform.aws.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.HttpServer.Reply;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;

/** A fake AWS JSON endpoint with scripted responses per operation, which records the calls. */
public final class ScriptedAws implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<ScriptedResponse>> responses = new HashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** Bound, but not listening: connections to its port are refused, and nobody else can listen there. */
    private final Socket deadEnd = new Socket();

    private URI endpoint;

    /** One response; status 0 closes the connection without a response. */
    private record ScriptedResponse(int status, String body) {}

    public ScriptedAws() {
        server = new HttpServer(this::reply);
        endpoint = server.endpoint();
    }

    /** Adds a response to an operation. The last one repeats. */
    public ScriptedAws respond(String operation, int status, String body) {
        responses.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(new ScriptedResponse(status, body));
        return this;
    }

    public ScriptedAws fail(String operation, String code, String message) {
        return respond(operation, 400, "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    public ScriptedAws dropResponse(String operation) {
        return respond(operation, 0, "");
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    public AwsContext context(AdvancingClock clock) {
        AwsSettings settings = new AwsSettings(
                "us-east-1", null, endpoint, Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        return new AwsContext(new AwsClients(settings), clock.retry());
    }

    private Reply reply(Request request) {
        String target = Objects.requireNonNull(request.header("x-amz-target"));
        ScriptedResponse next = next(target.substring(target.indexOf('.') + 1));
        return next.status() == 0
                ? Reply.none()
                : Reply.full(Response.bytes(next.status(), next.body().getBytes(StandardCharsets.UTF_8))
                        .with("Content-Type", "application/x-amz-json-1.1"));
    }

    private synchronized ScriptedResponse next(String operation) {
        calls.add(operation);
        Deque<ScriptedResponse> remaining = responses.get(operation);
        if (remaining == null) {
            return new ScriptedResponse(400, "{\"__type\":\"UnknownOperationException\"}");
        }
        return remaining.size() > 1 ? remaining.pop() : remaining.element();
    }

    /** Clients of contexts made from now on find nobody listening. */
    public void refuseConnections() {
        try {
            deadEnd.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        endpoint = URI.create("http://127.0.0.1:" + deadEnd.getLocalPort());
    }

    @Override
    public void close() {
        server.close();
        try {
            deadEnd.close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
