package org.emrelay.runner.fakeaws.wire;

import java.util.List;
import java.util.Objects;

/** The query protocol of IAM and STS: a form in, members in XML out. */
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
    public Inquiry inquire(Request request) {
        Tree form = FormTrees.read(request.bodyText());
        String operation = form.text("Action", "");
        return new Inquiry(
                name, operation, Resources.named(form, resourceKeys), form, request, operations.has(operation));
    }

    @Override
    public Answer perform(Inquiry inquiry) {
        String operation = inquiry.operation();
        Fields fields = operations
                .named(operation)
                .orElseThrow(() -> new AwsError(
                        400, "InvalidAction", "Could not find operation " + operation + " for version " + version))
                .perform(inquiry.parameters());
        Fields document = Fields.of(operation + "Result", fields)
                .and("ResponseMetadata", Fields.of("RequestId", "00000000-0000-0000-0000-000000000000"));
        return Answer.xml(200, XmlText.members(operation + "Response", namespace, document));
    }

    @Override
    public Answer refuse(Inquiry inquiry, AwsError error, String requestId) {
        Fields document = Fields.of(
                        "Error",
                        Fields.of("Type", error.status() < 500 ? "Sender" : "Receiver")
                                .and("Code", error.code())
                                .and("Message", error.message()))
                .and("RequestId", requestId);
        return Answer.xml(error.status(), XmlText.members("ErrorResponse", namespace, document));
    }
}
