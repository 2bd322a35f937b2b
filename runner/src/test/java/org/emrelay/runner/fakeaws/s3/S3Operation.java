package org.emrelay.runner.fakeaws.s3;

import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;

/** An operation of S3. */
@FunctionalInterface
interface S3Operation {
    Response execute(S3Route route, Request request);
}
