package org.emrelay.runner.fakeaws.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP request as the services receive it: lower-case header names, decoded path, decoded body. */
public final class Request {
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable AwsError bodyError;

    private Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body,
            @Nullable AwsError bodyError) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.bodyError = bodyError;
    }

    /** Decodes a received request; header names must be lower-case. */
    static Request of(String method, String target, Map<String, String> headers, byte[] rawBody) {
        byte[] body = rawBody;
        AwsError bodyError = null;
        if (AwsChunked.isUsedBy(headers)) {
            try {
                body = AwsChunked.decode(rawBody, headers);
            } catch (AwsError error) {
                bodyError = error;
            }
        }
        int query = target.indexOf('?');
        return new Request(
                method,
                PercentEncoding.decode(query < 0 ? target : target.substring(0, query), false),
                PercentEncoding.decodePairs(query < 0 ? null : target.substring(query + 1), false),
                Map.copyOf(headers),
                body,
                bodyError);
    }

    /** Why the body does not match its declared length or checksum. */
    public Optional<AwsError> bodyError() {
        return Optional.ofNullable(bodyError);
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> query() {
        return query;
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The service in the signature's credential scope; empty for an unsigned request. */
    public String signedService() {
        return scope(3);
    }

    public String signedRegion() {
        return scope(2);
    }

    /** The access key of the signature. */
    public String accessKey() {
        return scope(1);
    }

    private String scope(int group) {
        Matcher matcher = SCOPE.matcher(headers.getOrDefault("authorization", ""));
        return matcher.find() ? matcher.group(group) : "";
    }
}
