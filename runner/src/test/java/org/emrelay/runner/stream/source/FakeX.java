package org.emrelay.runner.stream.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;

/** X's rules and its filtered stream, which follows scripts. Rules that contain {@code refused} are refused. */
final class FakeX implements AutoCloseable {
    static final String TOKEN = "AAAA-secret%3D";

    private final ScriptedServer server;
    private final Queue<ScriptedServer.Script> streams = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<String, Object>> rules = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private int lastId = 100;

    FakeX(ScriptedServer.Script... streams) throws IOException {
        this.streams.addAll(List.of(streams));
        server = ScriptedServer.forAll(this::serve);
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/2";
    }

    /** Method and path of each request, in their order. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized List<String> rules() {
        return rules.values().stream()
                .map(rule -> rule.get("tag") + " " + rule.get("value"))
                .toList();
    }

    synchronized FakeX withRule(String value, String tag) {
        String id = String.valueOf(++lastId);
        rules.put(id, new JsonMap().with("id", id).with("value", value).with("tag", tag));
        return this;
    }

    ScriptedServer server() {
        return server;
    }

    private void serve(Peer peer) throws IOException {
        synchronized (this) {
            requests.add(peer.request());
        }
        if (!peer.header("Authorization").equals("Bearer " + TOKEN)) {
            peer.respond(
                    401,
                    "{\"title\":\"Unauthorized\",\"detail\":\"Unauthorized\",\"status\":401,\"echo\":\""
                            + peer.header("Authorization") + "\"}");
        } else if (peer.request().startsWith("GET /2/tweets/search/stream?")) {
            ScriptedServer.Script script = streams.poll();
            if (script != null) {
                script.serve(peer);
            }
        } else if (peer.request().startsWith("GET /2/tweets/search/stream/rules")) {
            peer.respond(200, listing(peer.request()));
        } else {
            peer.respond(201, update(peer.body(), peer.request().endsWith("?dry_run=true")));
        }
    }

    /** Two rules a page. */
    private synchronized String listing(String request) {
        int from = request.contains("=") ? Integer.parseInt(request.substring(request.indexOf('=') + 1)) : 0;
        List<Map<String, Object>> all = List.copyOf(rules.values());
        int to = Math.min(all.size(), from + 2);
        JsonMap meta = new JsonMap().with("next_token", to < all.size() ? String.valueOf(to) : null);
        return JsonWriter.line(new JsonMap().with("data", all.subList(from, to)).with("meta", meta));
    }

    private synchronized String update(String body, boolean dryRun) throws IOException {
        try {
            JsonObject request = (JsonObject) JsonReader.read(body);
            if (request.get("delete") instanceof JsonObject delete) {
                ((JsonArray) delete.get("ids")).values().forEach(id -> rules.remove(((JsonString) id).text()));
                return "{\"meta\":{\"summary\":{\"deleted\":1}}}";
            }
            return add((JsonArray) request.get("add"), dryRun);
        } catch (MalformedJsonException exception) {
            throw new IOException(exception);
        }
    }

    private String add(JsonArray added, boolean dryRun) {
        List<Object> created = new ArrayList<>();
        List<Object> errors = new ArrayList<>();
        added.values().stream().map(JsonObject.class::cast).forEach(rule -> {
            String value = ((JsonString) rule.get("value")).text();
            JsonMap error = new JsonMap().with("value", value);
            if (value.contains("refused")) {
                errors.add(error.with("title", "UnprocessableEntity")
                        .with("details", List.of("no viable alternative at character 'r'"))
                        .with("type", "https://api.twitter.com/2/problems/invalid-rules"));
            } else if (rules.values().stream()
                    .anyMatch(existing -> String.valueOf(existing.get("value")).equals(value))) {
                errors.add(error.with("title", "DuplicateRule")
                        .with("type", "https://api.twitter.com/2/problems/duplicate-rules"));
            } else if (!dryRun) {
                withRule(value, ((JsonString) rule.get("tag")).text());
                created.add(rules.get(String.valueOf(lastId)));
            }
        });
        return JsonWriter.line(new JsonMap().with("data", created).with("errors", errors.isEmpty() ? null : errors));
    }

    /** Starts an endless response in chunks. */
    static Peer open(Peer peer) throws IOException {
        return peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    static Peer chunk(Peer peer, String text) throws IOException {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return peer.send(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    static void end(Peer peer) throws IOException {
        peer.send("0\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
