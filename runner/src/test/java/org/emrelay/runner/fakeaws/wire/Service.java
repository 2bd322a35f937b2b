package org.emrelay.runner.fakeaws.wire;

/** One of AWS's services: it knows its own requests, does what they ask, and says in its own form why it does not. */
public interface Service {
    /** As it stands in a signature's scope: {@code iam}, {@code elasticmapreduce} … */
    String name();

    /** What is asked for, whether or not it is known here. */
    Inquiry inquire(Request request);

    /** Throws {@link AwsError} where it is refused. */
    Answer perform(Inquiry inquiry);

    Answer refuse(Inquiry inquiry, AwsError error, String requestId);
}
