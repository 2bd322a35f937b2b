package org.emrelay.runner.fakeaws;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.fakeaws.ec2.Ec2Service;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.emr.EmrService;
import org.emrelay.runner.fakeaws.emr.EmrState;
import org.emrelay.runner.fakeaws.emr.StepExecutor;
import org.emrelay.runner.fakeaws.firehose.FirehoseService;
import org.emrelay.runner.fakeaws.firehose.FirehoseState;
import org.emrelay.runner.fakeaws.iam.Caller;
import org.emrelay.runner.fakeaws.iam.IamService;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.logs.LogsService;
import org.emrelay.runner.fakeaws.logs.LogsState;
import org.emrelay.runner.fakeaws.s3.S3Service;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.IdGenerator;

/**
 * A fake AWS on the wire, with simulated time and fault injection. It implements the parts of EMR, IAM, STS, EC2,
 * S3, Firehose, CloudWatch Logs, Service Quotas and the Price List API that clusters and streams need, with AWS's own rules and error
 * messages.
 */
public final class FakeAws implements AutoCloseable {
    private final SimulatedClock clock = new SimulatedClock();
    private final Object lock = new Object();
    private final CallLog calls = new CallLog(clock);
    private final Faults faults = new Faults(clock);
    private final Crash crash = new Crash(clock);
    private final IamState iam;
    private final Ec2State ec2;
    private final S3State s3;
    private final EmrState emr;
    private final LogsState logs;
    private final FirehoseState firehose;
    private final ServiceQuotasService quotas = new ServiceQuotasService();
    private final PricingService pricing = new PricingService();
    private final Account account;
    private final Caller caller;
    private final HttpServer server;
    private final RequestDispatcher dispatcher;
    private final NodeS3Endpoint nodeS3;

    private FakeAws(String region) {
        AccountIdentity identity = new AccountIdentity("123456789012", region);
        IdGenerator ids = new IdGenerator();
        caller = new Caller(identity);
        iam = new IamState(identity, clock, ids);
        ec2 = new Ec2State(identity, clock, ids);
        s3 = new S3State(identity, clock, ids);
        emr = new EmrState(identity, clock, ids, iam, ec2, s3);
        logs = new LogsState(identity, clock);
        firehose = new FirehoseState(identity, clock, iam, s3, logs);
        account = new Account(iam, ec2, s3, emr, firehose, logs, lock, region);
        RequiredPermissions permissions = new RequiredPermissions(identity, ec2, s3, emr);
        dispatcher = new RequestDispatcher(
                List.of(
                        EmrService.emr(emr),
                        IamService.iam(iam, caller),
                        IamService.sts(identity, caller),
                        Ec2Service.ec2(ec2),
                        FirehoseService.firehose(firehose),
                        LogsService.logs(logs),
                        new S3Service(s3),
                        quotas.service(),
                        pricing.service()),
                clock,
                calls,
                faults,
                crash,
                new Authorization(caller, permissions),
                lock,
                this::runDueEvents);
        server = new HttpServer(dispatcher);
        nodeS3 = new NodeS3Endpoint(s3, new NodeS3Access(iam, s3, permissions), lock);
    }

    /** Starts in us-east-1 with a default VPC. */
    public static FakeAws start() {
        return start("us-east-1");
    }

    public static FakeAws start(String region) {
        FakeAws aws = startWithoutVpc(region);
        aws.account().defaultVpc();
        return aws;
    }

    public static FakeAws startWithoutVpc(String region) {
        return new FakeAws(region);
    }

    private void runDueEvents() {
        emr.runDueEvents();
        firehose.runDueEvents();
    }

    public URI endpoint() {
        return server.endpoint();
    }

    /** The endpoint of S3 for the processes of steps. */
    public URI nodeS3Endpoint() {
        return nodeS3.uri();
    }

    /** Makes steps real processes. While one runs, the clock follows real time. */
    public void executeSteps(StepExecutor executor) {
        emr.executeSteps(new StepExecutor() {
            @Override
            public Execution start(Command command, Consumer<Result> whenEnded) {
                clock.beginRealWork();
                return executor.start(command, result -> {
                    whenEnded.accept(result);
                    clock.endRealWork();
                });
            }

            @Override
            public void terminateCluster(String cluster) {
                executor.terminateCluster(cluster);
            }
        });
    }

    public SimulatedClock clock() {
        return clock;
    }

    public Account account() {
        return account;
    }

    /** The principal that makes the calls, to restrict. */
    public Caller caller() {
        return caller;
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    /** The state of IAM, to set up and inspect. Use {@link #inspect} while calls may be in progress. */
    public IamState iam() {
        return iam;
    }

    public Ec2State ec2() {
        return ec2;
    }

    public S3State s3() {
        return s3;
    }

    /** The state of Firehose. Use {@link #inspect} while calls may be in progress. */
    public FirehoseState firehose() {
        return firehose;
    }

    public LogsState logs() {
        return logs;
    }

    public ServiceQuotasService quotas() {
        return quotas;
    }

    public PricingService pricing() {
        return pricing;
    }

    /** The state of EMR after all due events have run. */
    public EmrState emr() {
        synchronized (lock) {
            runDueEvents();
        }
        return emr;
    }

    /** Reads state while no call can change it. */
    public <T> T inspect(Supplier<T> query) {
        synchronized (lock) {
            runDueEvents();
            return query.get();
        }
    }

    /** Every resource that exists and is not foreign, one line each. */
    public List<String> remaining() {
        return inspect(account::remaining);
    }

    /** Every foreign resource that was deleted or changed. Must always be empty. */
    public List<String> foreignChanges() {
        return inspect(account::foreignChanges);
    }

    /**
     * Crashes the process before its n-th call from now on. Neither this nor any later call arrives, and sleepers wake with
     * {@link SimulatedCrash}.
     */
    public void crashBefore(int call) {
        crash.arm(call, true, each -> true);
    }

    /** Crashes the process after its n-th call from now on took effect, before the response. */
    public void crashAfter(int call) {
        crash.arm(call, false, each -> true);
    }

    /** Crashes the process at this call, counted from now on. */
    public void crashAt(CrashPoint point) {
        crash.arm(point.call().number(), !point.tookEffect(), point.call()::matches);
    }

    public void crashBeforeMutation(int call) {
        crash.arm(call, true, Call::mutates);
    }

    public void crashAfterMutation(int call) {
        crash.arm(call, false, Call::mutates);
    }

    public boolean isCrashed() {
        return crash.isCrashed();
    }

    /** The number of calls that arrived after the crash. */
    public int callsAfterCrash() {
        return crash.rejectedCalls();
    }

    /** Starts the next process, with no crash armed. */
    public void restartProcess() {
        crash.disarm();
    }

    @Override
    public void close() {
        dispatcher.close();
        server.close();
        nodeS3.close();
    }
}
