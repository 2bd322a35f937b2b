package org.emrelay.runner.platform.emr.fakeaws.s3;

import org.emrelay.runner.platform.emr.fakeaws.wire.Answer;
import org.emrelay.runner.platform.emr.fakeaws.wire.Request;

/** One of S3's operations. */
@FunctionalInterface
interface S3Operation {
    Answer perform(S3Route route, Request request);
}
