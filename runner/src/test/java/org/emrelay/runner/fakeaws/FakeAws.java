package org.emrelay.runner.fakeaws;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.emrelay.runner.fakeaws.ec2.Ec2Service;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.emr.EmrService;
import org.emrelay.runner.fakeaws.emr.EmrState;
import org.emrelay.runner.fakeaws.iam.IamService;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.s3.S3Service;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.HttpServer;
import org.emrelay.runner.fakeaws.wire.Identifiers;
import org.emrelay.runner.fakeaws.wire.Owner;

/**
 * An AWS of our own, on this machine and on the wire: EMR, IAM, STS, EC2 and S3 as far as clusters need them, with their rules and their
 * words, in a time that the test moves, and with faults that it asks for.
 */
public final class FakeAws implements AutoCloseable {
    private final FakeTime time = new FakeTime();
    private final Object lock = new Object();
    private final CallLog calls = new CallLog(time);
    private final Faults faults = new Faults(time);
    private final Crash crash = new Crash(time);
    private final IamState iam;
    private final Ec2State ec2;
    private final S3State s3;
    private final EmrState emr;
    private final QuotaService quotas = new QuotaService();
    private final Account account;
    private final HttpServer server;
    private final FrontDoor door;

    private FakeAws(String region) {
        Owner owner = new Owner("123456789012", region, "arn:aws:iam::123456789012:user/tester");
        Identifiers identifiers = new Identifiers();
        iam = new IamState(owner, time, identifiers);
        ec2 = new Ec2State(owner, time, identifiers);
        s3 = new S3State(owner, time, identifiers);
        emr = new EmrState(owner, time, identifiers, iam, ec2, s3);
        account = new Account(iam, ec2, s3, emr, lock, region);
        door = new FrontDoor(
                List.of(
                        EmrService.over(emr),
                        IamService.over(iam),
                        IamService.sts(owner),
                        Ec2Service.over(ec2),
                        new S3Service(s3),
                        quotas.service()),
                time,
                calls,
                faults,
                crash,
                lock,
                emr::settle);
        server = new HttpServer(door);
    }

    /** In us-east-1, with a default VPC. */
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

    public URI endpoint() {
        return server.endpoint();
    }

    public FakeTime time() {
        return time;
    }

    public Account account() {
        return account;
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    /** To set and to look at; {@link #look} where calls may be under way. */
    public IamState iam() {
        return iam;
    }

    public Ec2State ec2() {
        return ec2;
    }

    public S3State s3() {
        return s3;
    }

    public QuotaService quotas() {
        return quotas;
    }

    /** With everything done that should have happened by now. */
    public EmrState emr() {
        synchronized (lock) {
            emr.settle();
        }
        return emr;
    }

    /** Looks while no call changes anything. */
    public <T> T look(Supplier<T> looking) {
        synchronized (lock) {
            emr.settle();
            return looking.get();
        }
    }

    /** Each resource that exists and was not in the account from the beginning, in a line. */
    public List<String> remaining() {
        return look(account::remaining);
    }

    /** Each resource of the beginning that is gone or was changed: nothing may ever stand here. */
    public List<String> foreignChanges() {
        return look(account::changedOfTheBeginning);
    }

    /** The process dies before the n-th call from now on: neither it nor any later one arrives, and its sleepers wake with {@link ProcessDied}. */
    public void dieBefore(int call) {
        crash.arm(call, true, each -> true);
    }

    /** The process dies after the n-th call from now on took effect, before its answer. */
    public void dieAfter(int call) {
        crash.arm(call, false, each -> true);
    }

    public void dieBeforeMutation(int call) {
        crash.arm(call, true, Call::mutates);
    }

    public void dieAfterMutation(int call) {
        crash.arm(call, false, Call::mutates);
    }

    public boolean isDead() {
        return crash.isDead();
    }

    /** Calls that came from the dead process. */
    public int refusedCalls() {
        return crash.refused();
    }

    /** The next process begins; nothing is armed. */
    public void revive() {
        crash.disarm();
    }

    @Override
    public void close() {
        door.close();
        server.close();
    }
}
