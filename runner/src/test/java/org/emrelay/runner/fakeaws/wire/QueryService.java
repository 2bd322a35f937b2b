package org.emrelay.runner.fakeaws.wire;

import java.util.List;
import java.util.Objects;

/** The query protocol of IAM and STS: form in, XML with {@code member} lists out. */
public final class QueryService implements Service {
    private final String name;
    private final String version;
    private final String namespace;
    private final List<String> resourceKeys;
    private final Operations operations;

    public QueryService(
            String name, String version, String namespace, List<String> resourceKeys, Operations operations) {
        this.name = Objects.requireNonNull(name, "name");
        this.version = Objects.requireNonNull(version, "version");
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        this.resourceKeys = List.copyOf(resourceKeys);
        this.operations = Objects.requireNonNull(operations, "operations");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ApiRequest parse(Request request) {
        Tree form = FormTrees.read(request.bodyText());
        String operation = form.text("Action", "");
        return new ApiRequest(
                name, operation, RequestedResource.find(form, resourceKeys), form, request, operations.has(operation));
    }

    @Override
    public Response execute(ApiRequest request) {
        String operation = request.operation();
        Fields fields = operations
                .find(operation)
                .orElseThrow(() -> new AwsError(
                        400, "InvalidAction", "Could not find operation " + operation + " for version " + version))
                .execute(request.parameters());
        Fields document = Fields.of(operation + "Result", fields)
                .and("ResponseMetadata", Fields.of("RequestId", "00000000-0000-0000-0000-000000000000"));
        return Response.xml(200, XmlWriter.members(operation + "Response", namespace, document));
    }

    @Override
    public Response errorResponse(ApiRequest request, AwsError error, String requestId) {
        Fields document = Fields.of(
                        "Error",
                        Fields.of("Type", error.status() < 500 ? "Sender" : "Receiver")
                                .and("Code", error.code())
                                .and("Message", error.message()))
                .and("RequestId", requestId);
        return Response.xml(error.status(), XmlWriter.members("ErrorResponse", namespace, document));
    }
}
