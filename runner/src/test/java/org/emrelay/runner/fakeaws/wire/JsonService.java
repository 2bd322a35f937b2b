package org.emrelay.runner.fakeaws.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonWriter;

/** The JSON 1.1 protocol: the operation is in the X-Amz-Target header, timestamps are epoch seconds. */
public final class JsonService implements Service {
    private static final String TYPE = "application/x-amz-json-1.1";

    private final String name;
    private final List<String> resourceKeys;
    private final Operations operations;

    public JsonService(String name, List<String> resourceKeys, Operations operations) {
        this.name = Objects.requireNonNull(name, "name");
        this.resourceKeys = List.copyOf(resourceKeys);
        this.operations = Objects.requireNonNull(operations, "operations");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ApiRequest parse(Request request) {
        String target = Objects.requireNonNullElse(request.header("x-amz-target"), "");
        String operation = target.substring(target.lastIndexOf('.') + 1);
        Tree tree = JsonTrees.read(request.bodyText());
        return new ApiRequest(
                name, operation, RequestedResource.find(tree, resourceKeys), tree, request, operations.has(operation));
    }

    @Override
    public Response execute(ApiRequest request) {
        Fields fields = operations
                .find(request.operation())
                .orElseThrow(() -> new AwsError(400, "UnknownOperationException", ""))
                .execute(request.parameters());
        return Response.text(200, TYPE, JsonWriter.line(json(fields)));
    }

    @Override
    public Response errorResponse(ApiRequest request, AwsError error, String requestId) {
        Fields fields = Fields.of("__type", error.code());
        fields.putAll(error.details());
        fields.put(error.details().isEmpty() ? "message" : "Message", error.message());
        return Response.text(error.status(), TYPE, JsonWriter.line(fields)).with("x-amzn-RequestId", requestId);
    }

    private static Object json(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, field) -> copy.put(String.valueOf(key), json(field)));
            return copy;
        } else if (value instanceof Iterable<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(json(element)));
            return copy;
        } else if (value instanceof Instant instant) {
            return instant.getNano() == 0
                    ? (Object) instant.getEpochSecond()
                    : (Object) (instant.toEpochMilli() / 1000.0);
        }
        return value;
    }
}
