package org.emrelay.runner.fakeaws.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer, before it is sent. */
public final class Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    public static Answer xml(int status, String text) {
        return text(status, "text/xml", text);
    }

    static Answer text(int status, String type, String text) {
        return new Answer(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer bytes(int status, byte[] body) {
        return new Answer(status, Map.of(), body.clone());
    }

    public Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, body);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }
}
