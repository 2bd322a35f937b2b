package org.emrelay.runner.fakeaws.wire;

import java.util.List;
import java.util.Objects;

/** EC2's variant of the query protocol: no {@code member} in lists, {@code item} in XML, DryRun everywhere. */
public final class Ec2QueryService implements Service {
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private final List<String> resourceKeys;
    private final Operations operations;

    public Ec2QueryService(List<String> resourceKeys, Operations operations) {
        this.resourceKeys = List.copyOf(resourceKeys);
        this.operations = Objects.requireNonNull(operations, "operations");
    }

    @Override
    public String name() {
        return "ec2";
    }

    @Override
    public ApiRequest parse(Request request) {
        Tree form = FormTrees.read(request.bodyText());
        String operation = form.text("Action", "");
        return new ApiRequest(
                name(),
                operation,
                RequestedResource.find(form, resourceKeys),
                form,
                request,
                operations.has(operation));
    }

    @Override
    public Response execute(ApiRequest request) {
        String operation = request.operation();
        Operations.Operation handler = operations
                .find(operation)
                .orElseThrow(() -> new AwsError(
                        400, "InvalidAction", "The action " + operation + " is not valid for this web service."));
        if (request.parameters().isTrue("DryRun")) {
            throw new AwsError(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
        }
        Fields document = Fields.of("requestId", "00000000-0000-0000-0000-000000000000");
        document.putAll(handler.execute(request.parameters()));
        return Response.xml(200, XmlWriter.items(operation + "Response", NAMESPACE, document));
    }

    @Override
    public Response errorResponse(ApiRequest request, AwsError error, String requestId) {
        Fields details = Fields.of("Code", error.code()).and("Message", error.message());
        Fields document = Fields.of("Errors", Fields.of("Error", details)).and("RequestID", requestId);
        return Response.xml(error.status(), XmlWriter.items("Response", "", document));
    }
}
