package org.emrelay.runner.fakeaws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.fakeaws.wire.Answer;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.HttpServer.Reply;
import org.emrelay.runner.fakeaws.wire.Inquiry;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Service;

/** Where all calls come in: each is logged, suffers its faults, and is done by its service, one at a time. */
final class FrontDoor implements HttpServer.Handler {
    private static final Map<String, String> SERVICE_OF_VERSION =
            Map.of("2010-05-08", "iam", "2011-06-15", "sts", "2016-11-15", "ec2");

    private final Map<String, Service> services = new LinkedHashMap<>();
    private final FakeTime time;
    private final CallLog calls;
    private final Faults faults;
    private final Crash crash;
    private final Object lock;
    private final Runnable settling;
    private final CountDownLatch closed = new CountDownLatch(1);

    FrontDoor(
            List<Service> services,
            FakeTime time,
            CallLog calls,
            Faults faults,
            Crash crash,
            Object lock,
            Runnable settling) {
        services.forEach(service -> this.services.put(service.name(), service));
        this.time = time;
        this.calls = calls;
        this.faults = faults;
        this.crash = crash;
        this.lock = lock;
        this.settling = settling;
    }

    void close() {
        closed.countDown();
    }

    @Override
    public Reply serve(Request request) throws InterruptedException {
        time.begin();
        try {
            return replyTo(request);
        } finally {
            time.end();
        }
    }

    private Reply replyTo(Request request) throws InterruptedException {
        if (crash.isDead()) {
            crash.refuse();
            return Reply.none();
        }
        Service service = serviceOf(request);
        Inquiry inquiry = service.inquire(request);
        Call call = calls.begin(inquiry);
        Crash.Passage passage = crash.pass(call);
        if (passage == Crash.Passage.NONE) {
            calls.end(call, "died before");
            return Reply.none();
        }
        List<Fault> befalling = faults.of(call);
        Outcome outcome = outcome(service, inquiry, call, befalling);
        if (passage == Crash.Passage.THERE_ONLY) {
            calls.end(call, "died after");
            return Reply.none();
        } else if (outcome.isLost()) {
            calls.end(call, outcome.name());
            return Reply.none();
        }
        return delivery(call, outcome, befalling);
    }

    private Service serviceOf(Request request) {
        String name = request.signedService();
        if (!services.containsKey(name)) {
            name = byVersion(request);
        }
        return Objects.requireNonNull(services.get(name));
    }

    /** Where nothing is signed. */
    private static String byVersion(Request request) {
        if (request.header("x-amz-target") != null) {
            return "elasticmapreduce";
        }
        String form = request.bodyText();
        return SERVICE_OF_VERSION.entrySet().stream()
                .filter(each -> form.contains("Version=" + each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("s3");
    }

    /** What a call came to; without an answer the request is lost. */
    private record Outcome(String name, Answer answer, boolean isLost) {}

    private Outcome outcome(Service service, Inquiry inquiry, Call call, List<Fault> befalling)
            throws InterruptedException {
        for (Fault fault : befalling) {
            switch (fault.effect()) {
                case DELAY -> pause(fault);
                case LOSE_REQUEST -> {
                    return new Outcome("request lost", Answer.empty(500), true);
                }
                case REFUSE -> {
                    return refused(service, inquiry, fault.error(call), call);
                }
                default -> {}
            }
        }
        Optional<AwsError> ill = inquiry.request().damage().or(() -> faults.quotaExceeded(call));
        if (ill.isPresent()) {
            return refused(service, inquiry, ill.get(), call);
        }
        synchronized (lock) {
            settling.run();
            try {
                return new Outcome("ok", service.perform(inquiry), false);
            } catch (AwsError error) {
                return refused(service, inquiry, error, call);
            } catch (RuntimeException defect) {
                calls.end(call, "defect in the fake: " + defect);
                throw new IllegalStateException("the fake itself failed at " + call, defect);
            }
        }
    }

    private static Outcome refused(Service service, Inquiry inquiry, AwsError error, Call call) {
        String name = inquiry.known() ? error.code() : "unknown operation: " + error.code();
        String requestId = String.format(Locale.ROOT, "00000000-0000-0000-0000-%012d", call.number());
        return new Outcome(name, service.refuse(inquiry, error, requestId), false);
    }

    private void awaitClosing() throws InterruptedException {
        time.end();
        try {
            closed.await();
        } finally {
            time.begin();
        }
    }

    /** Who waits in the fake time is not under way. */
    private void pause(Fault fault) throws InterruptedException {
        time.end();
        try {
            time.pause(fault.delay());
        } finally {
            time.begin();
        }
    }

    private Reply delivery(Call call, Outcome outcome, List<Fault> befalling) throws InterruptedException {
        String name = outcome.name();
        boolean cut = false;
        for (Fault fault : befalling) {
            switch (fault.effect()) {
                case DELAY_ANSWER -> pause(fault);
                case CUT_ANSWER -> cut = true;
                case LOSE_ANSWER -> {
                    calls.end(call, name + ", answer lost");
                    return Reply.none();
                }
                case HANG -> {
                    calls.end(call, name + ", never answered");
                    awaitClosing();
                    return Reply.none();
                }
                default -> {}
            }
        }
        calls.end(call, cut ? name + ", answer cut" : name);
        return cut ? Reply.half(outcome.answer()) : Reply.whole(outcome.answer());
    }
}
