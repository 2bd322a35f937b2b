package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.emrelay.runner.fakeaws.s3.StoredObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ServiceUnavailableException;

/** Tests the fake Firehose and CloudWatch Logs through the SDK. */
class FakeAwsFirehoseTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/delivery";

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);
    private final FirehoseClient firehose = clients.firehose();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private void create(Consumer<ExtendedS3DestinationConfiguration.Builder> changes) {
        aws.inspect(() -> {
            aws.s3().addBucket("mine", "us-east-1");
            return aws.iam()
                    .addPropagatedRole("delivery", "firehose.amazonaws.com")
                    .inlinePolicies()
                    .put("write", """
                    {"Version": "2012-10-17", "Statement": [
                     {"Effect": "Allow", "Action": ["s3:PutObject", "logs:PutLogEvents"], "Resource": ["*"]}]}""");
        });
        firehose.createDeliveryStream(request -> request.deliveryStreamName("posts")
                .extendedS3DestinationConfiguration(destination -> changes.accept(destination
                        .roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::mine")
                        .prefix("p/!{timestamp:yyyy/MM/dd/HH}/")
                        .errorOutputPrefix("e/!{firehose:error-output-type}/")
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(60))
                        .cloudWatchLoggingOptions(logging ->
                                logging.enabled(true).logGroupName("g").logStreamName("s")))));
        aws.clock().advance(Duration.ofSeconds(20));
    }

    private PutRecordBatchResponse put(String... lines) {
        List<Record> records = new ArrayList<>();
        for (String line : lines) {
            records.add(Record.builder().data(SdkBytes.fromUtf8String(line)).build());
        }
        return firehose.putRecordBatch(
                request -> request.deliveryStreamName("posts").records(records));
    }

    private List<StoredObject> delivered() {
        return aws.inspect(() -> aws.s3().buckets().get("mine").objects());
    }

    private static String message(ThrowingCallable call) {
        return catchThrowableOfType(AwsServiceException.class, call)
                .awsErrorDetails()
                .errorMessage();
    }

    @Test
    void aDeliveryStreamBecomesActiveAndIsGoneAfterItsDeletion() {
        create(destination -> {});

        assertThat(firehose.describeDeliveryStream(request -> request.deliveryStreamName("posts"))
                        .deliveryStreamDescription()
                        .deliveryStreamStatus())
                .isEqualTo(DeliveryStreamStatus.ACTIVE);
        firehose.deleteDeliveryStream(request -> request.deliveryStreamName("posts"));
        assertThat(aws.remaining()).contains("delivery stream posts");
        aws.clock().advance(Duration.ofSeconds(20));
        assertThat(aws.remaining()).doesNotContain("delivery stream posts");
    }

    @Test
    void aDeliveryStreamCannotBeDeletedWhileItIsCreated() {
        aws.firehose().setChangeDuration(Duration.ofMinutes(1));
        create(destination -> {});

        assertThat(catchThrowableOfType(
                        ResourceInUseException.class,
                        () -> firehose.deleteDeliveryStream(request -> request.deliveryStreamName("posts"))))
                .isNotNull();
    }

    @Test
    void aBufferIsDeliveredWhenItIsOldOrFull() {
        create(destination -> {});

        put("a\n", "b\n");
        assertThat(delivered()).isEmpty();
        aws.clock().advance(Duration.ofSeconds(61));
        assertThat(delivered()).singleElement().satisfies(file -> {
            assertThat(file.key()).startsWith("p/2026/11/21/03/posts-1-2026-11-21-03-45-32-");
            assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo("a\nb\n");
        });
        put("x".repeat(600_000), "y".repeat(600_000));
        assertThat(delivered()).hasSize(2);
    }

    @Test
    void compressesWithTheGivenExtension() {
        create(destination ->
                destination.compressionFormat(CompressionFormat.GZIP).fileExtension(".json.gz"));

        put("a\n");
        aws.clock().advance(Duration.ofSeconds(61));

        assertThat(delivered()).singleElement().satisfies(file -> {
            assertThat(file.key()).endsWith("-00000000.json.gz");
            assertThat(file.content()).startsWith(0x1f, 0x8b);
        });
    }

    @Test
    void refusesWhatTheApiModelDoes() {
        assertThat(message(() -> create(destination -> destination.roleARN("arn:aws:iam::123456789012:role/none"))))
                .isEqualTo(
                        "Firehose is unable to assume role arn:aws:iam::123456789012:role/none. Please check the role"
                                + " provided.");
        assertThat(message(() -> create(destination ->
                        destination.bufferingHints(hints -> hints.sizeInMBs(129).intervalInSeconds(60)))))
                .contains("'sizeInMBs' failed to satisfy constraint");
        assertThat(message(() -> create(destination -> destination.errorOutputPrefix("e/"))))
                .isEqualTo("ErrorOutputPrefix must contain !{firehose:error-output-type} if Prefix has expressions.");
        create(destination -> {});
        assertThat(message(() -> create(destination -> {})))
                .isEqualTo("Firehose posts under account 123456789012 already exists");
        assertThat(message(() -> put(new String[0]))).contains("between 1 and 500");
        assertThat(message(() -> put("x".repeat(1_024_001)))).contains("less than or equal to 1024000");
        String large = "x".repeat(1_000_000);
        assertThat(message(() -> put(large, large, large, large))).isEqualTo("Records size exceeds 4 MB limit");
    }

    @Test
    void rejectsSomeRecordsOfACall() {
        create(destination -> {});
        aws.firehose().rejectRecords((call, record) -> record == 1 ? Optional.of("InternalFailure") : Optional.empty());

        PutRecordBatchResponse response = put("a\n", "b\n", "c\n");

        assertThat(response.failedPutCount()).isEqualTo(1);
        assertThat(response.requestResponses())
                .extracting(each -> String.valueOf(each.errorCode()))
                .containsExactly("null", "InternalFailure", "null");
    }

    @Test
    void throttles() {
        create(destination -> {});
        aws.firehose().limitThroughput(2);

        assertThat(put("a\n", "b\n", "c\n").failedPutCount()).isEqualTo(1);
        assertThat(catchThrowableOfType(ServiceUnavailableException.class, () -> put("d\n")))
                .isNotNull();
        aws.clock().advance(Duration.ofSeconds(1));
        assertThat(put("d\n").failedPutCount()).isZero();
    }

    @Test
    void logsAFailedDeliveryAndTriesItAgain() {
        create(destination -> {});
        CloudWatchLogsClient logs = clients.logs();
        logs.createLogGroup(request -> request.logGroupName("g"));
        logs.createLogStream(request -> request.logGroupName("g").logStreamName("s"));
        aws.inspect(() -> aws.s3().buckets().remove("mine"));
        put("a\n");
        aws.clock().advance(Duration.ofSeconds(61));

        assertThat(logs.getLogEvents(request -> request.logGroupName("g").logStreamName("s"))
                        .events())
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("\"errorCode\":\"S3.NoSuchBucket\""));
        aws.inspect(() -> aws.s3().addBucket("mine", "us-east-1"));
        aws.clock().advance(Duration.ofSeconds(31));
        assertThat(delivered()).hasSize(1);
    }
}
