package org.emrelay.runner.fakeaws.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Answer;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Inquiry;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Service;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.fakeaws.wire.XmlText;

/** S3 in path style. */
public final class S3Service implements Service {
    private final Map<String, S3Operation> operations = new LinkedHashMap<>();

    public S3Service(S3State state) {
        new BucketOperations(state).addTo(operations);
        new BucketSettings(state).addTo(operations);
        new ObjectOperations(state).addTo(operations);
        new ListOperations(state).addTo(operations);
        new MultipartOperations(state).addTo(operations);
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public Inquiry inquire(Request request) {
        S3Route route = S3Route.of(request);
        boolean known = operations.containsKey(route.operation());
        return new Inquiry(name(), route.operation(), route.resource(), Tree.of(request.query()), request, known);
    }

    @Override
    public Answer perform(Inquiry inquiry) {
        S3Operation operation = operations.get(inquiry.operation());
        if (operation == null) {
            throw new AwsError(
                    501, "NotImplemented", "A header you provided implies functionality that is not implemented.");
        }
        return operation.perform(S3Route.of(inquiry.request()), inquiry.request());
    }

    @Override
    public Answer refuse(Inquiry inquiry, AwsError error, String requestId) {
        if (inquiry.request().method().equals("HEAD")) {
            return Answer.empty(error.status());
        }
        Fields fields = Fields.of("Code", error.code()).and("Message", error.message());
        fields.putAll(error.details());
        fields.and("RequestId", requestId).and("HostId", "ZmFrZSBob3N0IGlkIG9mIG5vIG1lYW5pbmc=");
        return Answer.xml(error.status(), XmlText.flat("Error", "", fields)).with("Content-Type", "application/xml");
    }
}
