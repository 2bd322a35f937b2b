package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.emr.EmrClient;

/** Tests fault injection, crash injection and the call log. */
class FakeAwsFaultsTest {
    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final Ec2Client ec2 = clients.ec2();
    private final EmrClient emr = clients.emr();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private void createGroup(String name) {
        ec2.createSecurityGroup(request -> request.groupName(name).description("d"));
    }

    private static String rejection(ThrowingCallable call) {
        AwsServiceException exception = catchThrowableOfType(AwsServiceException.class, call);
        return exception.statusCode() + " " + exception.awsErrorDetails().errorCode() + ": "
                + exception.awsErrorDetails().errorMessage();
    }

    @Test
    void aLostRequestHasNoEffectButALostResponseHas() {
        aws.faults().add(Fault.requestLost(), Calls.named("CreateSecurityGroup").nth(1));
        aws.faults()
                .add(Fault.responseLost(), Calls.named("CreateSecurityGroup").nth(2));
        aws.faults()
                .add(
                        Fault.responseTruncated(),
                        Calls.named("CreateSecurityGroup").nth(3));

        assertThatThrownBy(() -> createGroup("a")).isInstanceOf(SdkClientException.class);
        assertThat(aws.remaining()).isEmpty();
        assertThatThrownBy(() -> createGroup("b")).isInstanceOf(SdkClientException.class);
        assertThat(aws.remaining()).singleElement().asString().endsWith("(b)");
        assertThat(catchThrowable(() -> createGroup("c"))).isInstanceOf(SdkClientException.class);
        assertThat(aws.remaining()).hasSize(2);
        assertThat(aws.calls().all())
                .extracting(Call::outcome)
                .containsExactly("request lost", "ok, response lost", "ok, response truncated");
    }

    @Test
    void eachServiceThrottlesWithItsOwnError() {
        aws.faults().add(Fault.throttled(), Calls.all().everyNth(2));
        assertThat(clients.sts().getCallerIdentity().account()).isEqualTo("123456789012");
        assertThat(rejection(emr::listClusters)).isEqualTo("400 ThrottlingException: Rate exceeded");
        assertThat(emr.listClusters().clusters()).isEmpty();
        assertThat(rejection(() -> ec2.describeVpcs())).isEqualTo("503 RequestLimitExceeded: Request limit exceeded.");
        assertThat(clients.s3().listBuckets().buckets()).isEmpty();
        assertThat(rejection(() -> clients.s3().listBuckets()))
                .isEqualTo("503 SlowDown: Please reduce your request rate.");
        assertThat(clients.iam().listRoles().roles()).isEmpty();
        assertThat(rejection(() -> clients.iam().listRoles())).isEqualTo("400 Throttling: Rate exceeded");
    }

    @Test
    void theSdkRecognizesThrottling() {
        aws.faults().add(Fault.throttled(), Calls.all());

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                emr::listClusters, ec2::describeVpcs, () -> clients.iam().listRoles())) {
            assertThat(catchThrowableOfType(AwsServiceException.class, call).isThrottlingException())
                    .isTrue();
        }
    }

    @Test
    void credentialsExpireAndServersFail() {
        aws.faults().add(Fault.internalError(), Calls.of("iam").nth(1));
        aws.faults().add(Fault.expiredCredentials(), Calls.all().after(1));

        assertThat(rejection(() -> clients.iam().listRoles())).startsWith("500 ServiceFailure: ");
        assertThat(rejection(emr::listClusters))
                .isEqualTo("400 ExpiredTokenException: The security token included in the request is expired");
        assertThat(rejection(() -> clients.iam().listRoles()))
                .isEqualTo("403 ExpiredToken: The security token included in the request is expired");
    }

    @Test
    void aDeniedActionFailsAsWithoutAPolicy() {
        aws.faults().deny("ec2", "CreateSecurityGroup");
        aws.faults().deny("elasticmapreduce", "ListClusters");

        assertThat(rejection(() -> createGroup("a")))
                .startsWith("403 UnauthorizedOperation: You are not authorized to perform this operation. User: "
                        + "arn:aws:iam::123456789012:user/tester is not authorized to perform: ec2:CreateSecurityGroup on"
                        + " resource: arn:aws:ec2:us-east-1:123456789012:security-group/* because no identity-based policy"
                        + " allows the ec2:CreateSecurityGroup action");
        assertThat(rejection(emr::listClusters))
                .startsWith("400 AccessDeniedException: User: arn:aws:iam::123456789012:user/tester is not authorized");
    }

    @Test
    void emrRateLimitsRefillInSimulatedTime() {
        aws.faults().enforceEmrRateLimits();
        for (int i = 0; i < 20; i++) {
            emr.listClusters();
        }

        assertThat(rejection(emr::listClusters)).isEqualTo("400 ThrottlingException: Rate exceeded");
        aws.clock().advance(Duration.ofSeconds(2));
        emr.listClusters();
        assertThat(rejection(emr::listClusters)).isEqualTo("400 ThrottlingException: Rate exceeded");
    }

    @Test
    void theSameSeedSelectsTheSameCalls() {
        aws.faults().add(Fault.throttled(), Calls.of("ec2").withProbability(0.5, 42));
        List<Boolean> first = throttledOfTwenty();
        aws.faults().clear();
        aws.faults().add(Fault.throttled(), Calls.of("ec2").withProbability(0.5, 42));

        assertThat(throttledOfTwenty()).isEqualTo(first).contains(true, false);
    }

    private List<Boolean> throttledOfTwenty() {
        List<Boolean> throttled = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            throttled.add(catchThrowable(() -> ec2.describeVpcs()) != null);
        }
        return throttled;
    }

    @Test
    void aDelayTakesSimulatedTimeOnly() {
        aws.faults().add(Fault.requestDelayed(Duration.ofSeconds(40)), Calls.all());

        assertThat(ec2.describeVpcs().vpcs()).extracting(Vpc::isDefault).containsExactly(true);

        assertThat(aws.clock().elapsed()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void concurrentDelayedCallsTakeAsLongAsOne() throws Exception {
        aws.clock().setIdleThreshold(Duration.ofMillis(200));
        aws.faults().add(Fault.requestDelayed(Duration.ofMillis(80)), Calls.all());
        ec2.describeVpcs();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Callable<Integer> call = () -> ec2.describeVpcs().vpcs().size();
            results.add(threads.submit(call));
        }
        for (Future<Integer> result : results) {
            assertThat(result.get()).isEqualTo(1);
        }
        threads.shutdown();

        assertThat(aws.clock().elapsed()).isEqualTo(Duration.ofMillis(160));
        List<Call> calls = aws.calls().all();
        assertThat(calls.get(0).endedBefore(calls.get(1))).isTrue();
        assertThat(calls.get(1).endedBefore(calls.get(4))).isFalse();
    }

    @Test
    void aClientWithoutAResponseTimesOut() {
        aws.faults().add(Fault.noResponse(), Calls.named("CreateSecurityGroup"));

        assertThatThrownBy(() -> ec2.createSecurityGroup(request -> request.groupName("a")
                        .description("d")
                        .overrideConfiguration(settings -> settings.apiCallTimeout(Duration.ofSeconds(2)))))
                .isInstanceOf(SdkClientException.class);
        assertThat(aws.remaining()).hasSize(1);
    }

    @Test
    void aProcessCrashesBeforeOrAfterACall() {
        aws.crashBefore(2);
        createGroup("a");
        assertThatThrownBy(() -> createGroup("b")).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> createGroup("c")).isInstanceOf(SdkClientException.class);
        assertThat(aws.isCrashed()).isTrue();
        assertThat(aws.remaining()).hasSize(1);
        assertThatThrownBy(() -> aws.clock().sleep(Duration.ofSeconds(1))).isInstanceOf(SimulatedCrash.class);
        assertThat(aws.callsAfterCrash()).isEqualTo(1);

        aws.restartProcess();
        aws.crashAfterMutation(1);
        ec2.describeVpcs();
        assertThatThrownBy(() -> createGroup("d")).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> ec2.describeVpcs()).isInstanceOf(SdkClientException.class);
        aws.restartProcess();

        assertThat(aws.remaining()).hasSize(2);
        assertThat(aws.calls().mutating())
                .extracting(Call::outcome)
                .containsExactly("ok", "crashed before", "crashed after");
    }

    @Test
    void theCallLogShowsRequestsAndOutcomes() {
        createGroup("a");
        emr.listClusters();

        assertThat(aws.calls().text())
                .isEqualTo("1 ec2 CreateSecurityGroup a: ok\n2 elasticmapreduce ListClusters : ok");
        assertThat(aws.calls().named("CreateSecurityGroup").get(0).parameters().text("GroupDescription"))
                .isEqualTo("d");
        assertThat(aws.calls().all()).extracting(Call::mutates).containsExactly(true, false);
        assertThat(aws.calls().all().get(0).text()).contains("GroupName=a");
        assertThat(aws.calls().defects()).isEmpty();
    }

    @Test
    void concurrentCallsAreSafe() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "group-" + i;
            all.add(threads.submit(() -> createGroup(name)));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();

        assertThat(aws.remaining()).hasSize(100);
        assertThat(aws.calls().count()).isEqualTo(100);
    }
}
