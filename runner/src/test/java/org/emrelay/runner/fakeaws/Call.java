package org.emrelay.runner.fakeaws;

import java.time.Instant;
import java.util.Locale;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.Tree;

/** A call that reached the server, with its outcome. */
public final class Call {
    private final int number;
    private final ApiRequest request;
    private final Instant startedAt;
    private final long startEvent;
    private volatile String outcome = "in progress";
    private volatile Instant endedAt = Instant.MAX;
    private volatile long endEvent = Long.MAX_VALUE;

    Call(int number, ApiRequest request, Instant startedAt, long startEvent) {
        this.number = number;
        this.request = request;
        this.startedAt = startedAt;
        this.startEvent = startEvent;
    }

    void end(String newOutcome, Instant at, long event) {
        outcome = newOutcome;
        endedAt = at;
        endEvent = event;
    }

    /** The number in order of arrival, from 1. */
    public int number() {
        return number;
    }

    /** {@code iam}, {@code ec2}, {@code s3}, {@code sts} or {@code elasticmapreduce}. */
    public String service() {
        return request.service();
    }

    public String operation() {
        return request.operation();
    }

    /** The name or id of the resource that the call addresses; empty if it addresses none. */
    public String resource() {
        return request.resource();
    }

    public boolean mutates() {
        return request.mutates();
    }

    /** The parameters; for S3, the query string only. */
    public Tree parameters() {
        return request.parameters();
    }

    /** The complete request, for tests that check what must not be sent. */
    public String text() {
        return request.http().method() + " " + request.http().path() + "\n"
                + request.http().headers() + "\n"
                + request.http().bodyText();
    }

    /** {@code ok}, an error code, or what happened to the connection. */
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

    /** Whether this call was answered before the other was sent: only then can the other depend on it. */
    public boolean endedBefore(Call other) {
        return endEvent < other.startEvent;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d %s %s %s: %s", number, service(), operation(), resource(), outcome);
    }
}
