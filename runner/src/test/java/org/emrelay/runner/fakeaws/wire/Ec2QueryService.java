package org.emrelay.runner.fakeaws.wire;

import java.util.List;
import java.util.Objects;

/** EC2's dialect of the query protocol: lists without {@code member}, items in XML out, a dry run for everything. */
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
    public Inquiry inquire(Request request) {
        Tree form = FormTrees.read(request.bodyText());
        String operation = form.text("Action", "");
        return new Inquiry(
                name(), operation, Resources.named(form, resourceKeys), form, request, operations.has(operation));
    }

    @Override
    public Answer perform(Inquiry inquiry) {
        String operation = inquiry.operation();
        Operations.Operation found = operations
                .named(operation)
                .orElseThrow(() -> new AwsError(
                        400, "InvalidAction", "The action " + operation + " is not valid for this web service."));
        if (inquiry.parameters().truth("DryRun")) {
            throw new AwsError(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
        }
        Fields document = Fields.of("requestId", "00000000-0000-0000-0000-000000000000");
        document.putAll(found.perform(inquiry.parameters()));
        return Answer.xml(200, XmlText.items(operation + "Response", NAMESPACE, document));
    }

    @Override
    public Answer refuse(Inquiry inquiry, AwsError error, String requestId) {
        Fields one = Fields.of("Code", error.code()).and("Message", error.message());
        Fields document = Fields.of("Errors", Fields.of("Error", one)).and("RequestID", requestId);
        return Answer.xml(error.status(), XmlText.items("Response", "", document));
    }
}
