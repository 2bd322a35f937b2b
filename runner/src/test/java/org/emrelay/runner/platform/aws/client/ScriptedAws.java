package org.emrelay.runner.platform.aws.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.Answer;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.HttpServer.Reply;
import org.emrelay.runner.fakeaws.wire.Request;

/** A server of AWS's JSON protocol that gives, call by call, the answers that a test has put down for it, and keeps what it was asked. */
public final class ScriptedAws implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Scripted>> answers = new HashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** One answer; a status of 0 closes the connection without any. */
    private record Scripted(int status, String body) {}

    public ScriptedAws() {
        server = new HttpServer(this::replyTo);
    }

    /** The next answer to this call, after those put down before; the last one is given again and again. */
    public ScriptedAws answers(String call, int status, String body) {
        answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Scripted(status, body));
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

    public AwsContext aws(FakeTime time) {
        AwsSettings settings = new AwsSettings(
                "us-east-1",
                null,
                server.endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        return new AwsContext(new AwsClients(settings), time.patience());
    }

    private Reply replyTo(Request request) {
        String target = Objects.requireNonNull(request.header("x-amz-target"));
        Scripted next = next(target.substring(target.indexOf('.') + 1));
        return next.status() == 0
                ? Reply.none()
                : Reply.whole(Answer.bytes(next.status(), next.body().getBytes(StandardCharsets.UTF_8))
                        .with("Content-Type", "application/x-amz-json-1.1"));
    }

    private synchronized Scripted next(String call) {
        calls.add(call);
        Deque<Scripted> left = answers.get(call);
        if (left == null) {
            return new Scripted(400, "{\"__type\":\"UnknownOperationException\"}");
        }
        return left.size() > 1 ? left.pop() : left.element();
    }

    @Override
    public void close() {
        server.close();
    }
}
