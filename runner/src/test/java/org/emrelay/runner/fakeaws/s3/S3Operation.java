package org.emrelay.runner.fakeaws.s3;

import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.Request;

/** An operation of S3. */
@FunctionalInterface
interface S3Operation {
    Response execute(S3Route route, Request request);
}
