package org.emrelay.runner.fakeaws;

import java.time.Instant;
import java.util.Locale;
import org.emrelay.runner.fakeaws.wire.Inquiry;
import org.emrelay.runner.fakeaws.wire.Tree;

/** One call that reached the server, with what became of it. */
public final class Call {
    private final int number;
    private final Inquiry inquiry;
    private final Instant startedAt;
    private final long startOrder;
    private volatile String outcome = "under way";
    private volatile Instant endedAt = Instant.MAX;
    private volatile long endOrder = Long.MAX_VALUE;

    Call(int number, Inquiry inquiry, Instant startedAt, long startOrder) {
        this.number = number;
        this.inquiry = inquiry;
        this.startedAt = startedAt;
        this.startOrder = startOrder;
    }

    void end(String how, Instant at, long order) {
        outcome = how;
        endedAt = at;
        endOrder = order;
    }

    /** From 1 on, in the order of arrival. */
    public int number() {
        return number;
    }

    /** {@code iam}, {@code ec2}, {@code s3}, {@code sts} or {@code elasticmapreduce}. */
    public String service() {
        return inquiry.service();
    }

    public String operation() {
        return inquiry.operation();
    }

    /** The name or id that the call is about, or nothing. */
    public String resource() {
        return inquiry.resource();
    }

    public boolean mutates() {
        return inquiry.mutates();
    }

    /** What was sent along; of S3 only the query. */
    public Tree parameters() {
        return inquiry.parameters();
    }

    /** All that was sent, for tests that look for what must not be there. */
    public String text() {
        return inquiry.request().method() + " " + inquiry.request().path() + "\n"
                + inquiry.request().headers() + "\n"
                + inquiry.request().bodyText();
    }

    /** {@code ok}, an error's code, or what was done to the connection. */
    public String outcome() {
        return outcome;
    }

    public boolean succeeded() {
        return outcome.equals("ok");
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant endedAt() {
        return endedAt;
    }

    /** Whether this one was answered before the other was sent: only then can the other depend on it. */
    public boolean endedBefore(Call other) {
        return endOrder < other.startOrder;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d %s %s %s: %s", number, service(), operation(), resource(), outcome);
    }
}
