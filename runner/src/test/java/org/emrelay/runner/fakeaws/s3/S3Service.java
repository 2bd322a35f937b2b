package org.emrelay.runner.fakeaws.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.Service;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.fakeaws.wire.XmlWriter;

/** The fake S3, with path-style addressing. */
public final class S3Service implements Service {
    private final Map<String, S3Operation> operations = new LinkedHashMap<>();

    public S3Service(S3State state) {
        new BucketOperations(state).addTo(operations);
        new BucketSettingOperations(state).addTo(operations);
        new ObjectOperations(state).addTo(operations);
        operations.put("CopyObject", new CopyOperation(state));
        new ListOperations(state).addTo(operations);
        new MultipartOperations(state).addTo(operations);
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public ApiRequest parse(Request request) {
        S3Route route = S3Route.of(request);
        boolean supported = operations.containsKey(route.operation());
        return new ApiRequest(
                name(), route.operation(), route.resource(), Tree.of(request.query()), request, supported);
    }

    @Override
    public Response execute(ApiRequest request) {
        S3Operation operation = operations.get(request.operation());
        if (operation == null) {
            throw new AwsError(
                    501, "NotImplemented", "A header you provided implies functionality that is not implemented.");
        }
        return operation.execute(S3Route.of(request.http()), request.http());
    }

    @Override
    public Response errorResponse(ApiRequest request, AwsError error, String requestId) {
        if (request.http().method().equals("HEAD")) {
            return Response.empty(error.status());
        }
        Fields fields = Fields.of("Code", error.code()).and("Message", error.message());
        fields.putAll(error.details());
        fields.and("RequestId", requestId).and("HostId", "ZmFrZSBob3N0IGlkIG9mIG5vIG1lYW5pbmc=");
        return Response.xml(error.status(), XmlWriter.flat("Error", "", fields))
                .with("Content-Type", "application/xml");
    }
}
