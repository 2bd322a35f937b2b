package org.emrelay.runner.fakeaws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.HttpServer.Reply;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.Service;

/** Dispatches requests to the services, one at a time; logs each call and applies faults and crashes. */
final class RequestDispatcher implements HttpServer.Handler {
    private static final Map<String, String> SERVICE_OF_VERSION =
            Map.of("2010-05-08", "iam", "2011-06-15", "sts", "2016-11-15", "ec2");

    private final Map<String, Service> services = new LinkedHashMap<>();
    private final SimulatedClock clock;
    private final CallLog calls;
    private final Faults faults;
    private final Crash crash;
    private final Authorization authorization;
    private final Object lock;
    private final Runnable beforeCall;
    private final CountDownLatch closed = new CountDownLatch(1);

    RequestDispatcher(
            List<Service> services,
            SimulatedClock clock,
            CallLog calls,
            Faults faults,
            Crash crash,
            Authorization authorization,
            Object lock,
            Runnable beforeCall) {
        services.forEach(service -> this.services.put(service.name(), service));
        this.clock = clock;
        this.calls = calls;
        this.faults = faults;
        this.crash = crash;
        this.authorization = authorization;
        this.lock = lock;
        this.beforeCall = beforeCall;
    }

    void close() {
        closed.countDown();
    }

    @Override
    public Reply serve(Request request) throws InterruptedException {
        clock.beginActivity();
        try {
            return handle(request);
        } finally {
            clock.endActivity();
        }
    }

    private Reply handle(Request http) throws InterruptedException {
        if (crash.isCrashed()) {
            crash.countRejectedCall();
            return Reply.none();
        }
        Service service = serviceOf(http);
        ApiRequest request = service.parse(http);
        Call call = calls.begin(request);
        Crash.Delivery reach = crash.intercept(call);
        if (reach == Crash.Delivery.NONE) {
            calls.end(call, "crashed before");
            return Reply.none();
        }
        List<Fault> applied = faults.triggeredBy(call);
        Outcome outcome = outcome(service, request, call, applied);
        if (reach == Crash.Delivery.REQUEST_ONLY) {
            calls.end(call, "crashed after");
            return Reply.none();
        } else if (outcome.isLost()) {
            calls.end(call, outcome.name());
            return Reply.none();
        }
        return deliver(call, outcome, applied);
    }

    private Service serviceOf(Request request) {
        String name = request.signedService();
        if (!services.containsKey(name)) {
            name = serviceByVersion(request);
        }
        return Objects.requireNonNull(services.get(name));
    }

    /** The service of an unsigned request. */
    private static String serviceByVersion(Request request) {
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

    /** The outcome of a call before its response is sent. If lost, nothing is sent. */
    private record Outcome(String name, Response response, boolean isLost) {}

    private Outcome outcome(Service service, ApiRequest request, Call call, List<Fault> applied)
            throws InterruptedException {
        for (Fault fault : applied) {
            switch (fault.effect()) {
                case DELAY_REQUEST -> delay(fault);
                case LOSE_REQUEST -> {
                    return new Outcome("request lost", Response.empty(500), true);
                }
                case LOSE_REQUEST_FOR_A_WHILE -> {
                    clock.schedule(fault.delay(), () -> executeLate(service, request));
                    return new Outcome("request late", Response.empty(500), true);
                }
                case RETURN_ERROR -> {
                    return failed(service, request, fault.error(call), call);
                }
                default -> {}
            }
        }
        Optional<AwsError> rejection = request.http().bodyError().or(() -> faults.rateLimitError(call));
        if (rejection.isPresent()) {
            return failed(service, request, rejection.get(), call);
        }
        synchronized (lock) {
            beforeCall.run();
            try {
                authorization.check(request);
                Response response = service.execute(request);
                Optional<Fault> failure = applied.stream()
                        .filter(fault -> fault.effect() == Fault.Effect.RETURN_ERROR_AFTER_EFFECT)
                        .findFirst();
                return failure.isPresent()
                        ? failed(service, request, failure.get().error(call), call)
                        : new Outcome("ok", response, false);
            } catch (AwsError error) {
                return failed(service, request, error, call);
            } catch (RuntimeException bug) {
                calls.end(call, "bug in the fake: " + bug);
                throw new IllegalStateException("Bug in the fake at " + call, bug);
            }
        }
    }

    private void executeLate(Service service, ApiRequest request) {
        synchronized (lock) {
            beforeCall.run();
            try {
                service.execute(request);
            } catch (AwsError rejected) {
                // There is nobody to answer.
            }
        }
    }

    private static Outcome failed(Service service, ApiRequest request, AwsError error, Call call) {
        String name = request.supported() ? error.code() : "unsupported operation: " + error.code();
        String requestId = String.format(Locale.ROOT, "00000000-0000-0000-0000-%012d", call.number());
        return new Outcome(name, service.errorResponse(request, error, requestId), false);
    }

    private void awaitClose() throws InterruptedException {
        clock.endActivity();
        try {
            closed.await();
        } finally {
            clock.beginActivity();
        }
    }

    /** Ends the activity during the delay: a waiting call must not stop the simulated clock. */
    private void delay(Fault fault) throws InterruptedException {
        clock.endActivity();
        try {
            clock.delay(fault.delay());
        } finally {
            clock.beginActivity();
        }
    }

    private Reply deliver(Call call, Outcome outcome, List<Fault> applied) throws InterruptedException {
        String name = outcome.name();
        boolean truncated = false;
        for (Fault fault : applied) {
            switch (fault.effect()) {
                case DELAY_RESPONSE -> delay(fault);
                case TRUNCATE_RESPONSE -> truncated = true;
                case LOSE_RESPONSE -> {
                    calls.end(call, name + ", response lost");
                    return Reply.none();
                }
                case HANG -> {
                    calls.end(call, name + ", no response");
                    awaitClose();
                    return Reply.none();
                }
                default -> {}
            }
        }
        calls.end(call, truncated ? name + ", response truncated" : name);
        return truncated ? Reply.half(outcome.response()) : Reply.full(outcome.response());
    }
}
