package org.emrelay.runner.fakeaws;

import java.net.URI;
import org.emrelay.runner.fakeaws.s3.S3Service;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.HttpServer.Reply;
import org.emrelay.runner.fakeaws.wire.Request;

/**
 * The endpoint through which cluster nodes call the fake S3. It logs no calls, and faults do not apply. The access key is the name of the
 * nodes' instance profile, whose role must allow each call.
 */
final class NodeS3Endpoint implements AutoCloseable {
    private static final String REQUEST_ID = "00000000-0000-0000-0000-000000000000";

    private final S3Service service;
    private final NodeS3Access access;
    private final Object lock;
    private final HttpServer server;

    NodeS3Endpoint(S3State s3, NodeS3Access access, Object lock) {
        this.service = new S3Service(s3);
        this.access = access;
        this.lock = lock;
        this.server = new HttpServer(this::serve);
    }

    URI uri() {
        return server.endpoint();
    }

    private Reply serve(Request http) {
        ApiRequest request = service.parse(http);
        synchronized (lock) {
            try {
                access.check(http.accessKey(), request);
                return Reply.full(service.execute(request));
            } catch (AwsError error) {
                return Reply.full(service.errorResponse(request, error, REQUEST_ID));
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
