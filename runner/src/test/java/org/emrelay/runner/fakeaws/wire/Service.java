package org.emrelay.runner.fakeaws.wire;

/** A fake AWS service: parses requests, executes operations, formats errors in its protocol. */
public interface Service {
    /** The name in a signature's credential scope: {@code iam}, {@code elasticmapreduce} … */
    String name();

    /** Parses a request, including those for operations this fake does not support. */
    ApiRequest parse(Request request);

    /** Throws {@link AwsError} if the operation fails. */
    Response execute(ApiRequest request);

    Response errorResponse(ApiRequest request, AwsError error, String requestId);
}
