package org.emrelay.runner.fakeaws.s3;

import org.emrelay.runner.fakeaws.wire.Answer;
import org.emrelay.runner.fakeaws.wire.Request;

/** One of S3's operations. */
@FunctionalInterface
interface S3Operation {
    Answer perform(S3Route route, Request request);
}
