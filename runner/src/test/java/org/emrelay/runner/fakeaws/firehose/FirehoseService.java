package org.emrelay.runner.fakeaws.firehose;

import java.time.Instant;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.JsonService;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Service;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The fake Amazon Data Firehose. */
public final class FirehoseService {
    private static final int MAX_TAGS = 50;

    private final FirehoseState firehose;

    private FirehoseService(FirehoseState firehose) {
        this.firehose = firehose;
    }

    public static Service firehose(FirehoseState state) {
        FirehoseService service = new FirehoseService(state);
        return new JsonService(
                "firehose",
                List.of("DeliveryStreamName"),
                new Operations()
                        .add("CreateDeliveryStream", service::create)
                        .add("DescribeDeliveryStream", service::describe)
                        .add("ListTagsForDeliveryStream", service::listTags)
                        .add("DeleteDeliveryStream", service::delete)
                        .add("PutRecordBatch", new RecordOperations(state)::putBatch));
    }

    private static String account(FirehoseState firehose) {
        return " under account " + firehose.identity.accountId();
    }

    static FakeDeliveryStream stream(FirehoseState firehose, Tree request) {
        String name = request.text("DeliveryStreamName", "");
        FakeDeliveryStream stream = firehose.streams.get(name);
        if (stream == null) {
            throw new AwsError(
                    400, "ResourceNotFoundException", "Firehose " + name + account(firehose) + " not found.");
        }
        return stream;
    }

    private Fields create(Tree request) {
        String name = request.text("DeliveryStreamName", "");
        DeliveryStreamValidator.validate(request);
        if (firehose.streams.containsKey(name)) {
            throw new AwsError(
                    400, "ResourceInUseException", "Firehose " + name + account(firehose) + " already exists");
        }
        Tree destination = request.tree("ExtendedS3DestinationConfiguration");
        String role = destination.text("RoleARN", "");
        if (firehose.iam
                .propagatedRole(role)
                .filter(found -> found.isAssumableBy(firehose.identity.principal("firehose")))
                .isEmpty()) {
            throw new AwsError(
                    400,
                    "InvalidArgumentException",
                    "Firehose is unable to assume role " + role + ". Please check the role provided.");
        }
        Instant now = firehose.clock.instant();
        FakeDeliveryStream stream = new FakeDeliveryStream(name, destination, now, now.plus(firehose.changeDuration()));
        request.trees("Tags").forEach(tag -> stream.tags.put(tag.text("Key", ""), tag.text("Value", "")));
        firehose.streams.put(name, stream);
        return Fields.of("DeliveryStreamARN", arn(name));
    }

    private String arn(String name) {
        return firehose.identity.arn("firehose", "deliverystream/" + name);
    }

    private Fields describe(Tree request) {
        FakeDeliveryStream stream = stream(firehose, request);
        Fields destination = Fields.none();
        destination.putAll(stream.destination.fields());
        destination.put("ErrorOutputPrefix", stream.destination.text("ErrorOutputPrefix", ""));
        Fields failure = stream.failure == null
                ? null
                : Fields.of("Type", "UNKNOWN_ERROR").and("Details", stream.failure);
        return Fields.of(
                "DeliveryStreamDescription",
                Fields.of("DeliveryStreamName", stream.name)
                        .and("DeliveryStreamARN", arn(stream.name))
                        .and("DeliveryStreamStatus", stream.state)
                        .and("FailureDescription", failure)
                        .and("DeliveryStreamType", "DirectPut")
                        .and("VersionId", "1")
                        .and("CreateTimestamp", stream.createdAt)
                        .and("HasMoreDestinations", false)
                        .and(
                                "Destinations",
                                List.of(Fields.of("DestinationId", "destinationId-000000000001")
                                        .and("ExtendedS3DestinationDescription", destination))));
    }

    private Fields listTags(Tree request) {
        return Fields.of("Tags", Fields.tags(stream(firehose, request).tags, "Key", "Value"))
                .and(
                        "HasMoreTags",
                        request.number("Limit", MAX_TAGS)
                                < stream(firehose, request).tags.size());
    }

    private Fields delete(Tree request) {
        FakeDeliveryStream stream = stream(firehose, request);
        if (stream.state.equals("CREATING")) {
            throw new AwsError(
                    400,
                    "ResourceInUseException",
                    "Firehose " + stream.name + account(firehose) + " cannot be deleted: it is CREATING.");
        }
        stream.state = "DELETING";
        stream.stateUntil = firehose.clock.instant().plus(firehose.changeDuration());
        return Fields.none();
    }
}
