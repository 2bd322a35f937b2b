package org.emrelay.runner.fakeaws.firehose;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Takes records into the buffers of delivery streams. */
final class RecordOperations {
    private static final int MAX_RECORDS = 500;
    private static final int MAX_RECORD_BYTES = 1_024_000;

    /** As strict as the documentation may be read: after Base64. */
    private static final long MAX_CALL_BYTES = 4L << 20;

    private final FirehoseState firehose;
    private int nextId;

    RecordOperations(FirehoseState firehose) {
        this.firehose = firehose;
    }

    Fields putBatch(Tree request) {
        List<Tree> records = request.trees("Records");
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            throw DeliveryStreamValidator.invalid(
                    "records", records.size() + " records", "Member must have length between 1 and 500");
        }
        List<byte[]> data = new ArrayList<>();
        long size = 0;
        for (Tree record : records) {
            String text = record.text("Data", "");
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > MAX_RECORD_BYTES) {
                throw DeliveryStreamValidator.invalid(
                        "data", bytes.length + " bytes", "Member must have length less than or equal to 1024000");
            }
            size += text.length();
            data.add(bytes);
        }
        if (size > MAX_CALL_BYTES) {
            throw new AwsError(400, "InvalidArgumentException", "Records size exceeds 4 MB limit");
        }
        return put(FirehoseService.stream(firehose, request), data);
    }

    private Fields put(FakeDeliveryStream stream, List<byte[]> data) {
        if (stream.state.startsWith("CREATING")) {
            throw new AwsError(400, "ResourceNotFoundException", "Firehose " + stream.name + " is not active.");
        }
        int call = firehose.nextCall();
        List<Fields> responses = new ArrayList<>();
        int failed = 0;
        boolean onlyUnavailable = true;
        for (int i = 0; i < data.size(); i++) {
            Optional<String> code = firehose.rejectionOf(call, i);
            if (code.isPresent()) {
                failed++;
                onlyUnavailable &= code.get().equals("ServiceUnavailableException");
                responses.add(Fields.of("ErrorCode", code.get()).and("ErrorMessage", message(code.get())));
            } else {
                stream.add(data.get(i), firehose.clock.instant());
                responses.add(Fields.of("RecordId", String.format(Locale.ROOT, "record-%08d", nextId++)));
            }
        }
        firehose.runDueEvents();
        if (failed == data.size() && onlyUnavailable) {
            throw new AwsError(503, "ServiceUnavailableException", message("ServiceUnavailableException"));
        }
        return Fields.of("FailedPutCount", failed).and("Encrypted", true).and("RequestResponses", responses);
    }

    private static String message(String code) {
        return code.equals("ServiceUnavailableException") ? "Slow down." : "Internal service failure.";
    }
}
