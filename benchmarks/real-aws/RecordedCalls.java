import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonWriter;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Appends the runner's AWS calls with their answers to the file named by the system property {@code record}, a JSON object per line.
 * The SDK finds this class by a file on the class path. Bodies of objects and headers are not recorded.
 */
public final class RecordedCalls implements ExecutionInterceptor {
    private static final ExecutionAttribute<Instant> STARTED = new ExecutionAttribute<>("RecordedCallsStarted");

    /** The SDK also calls SSO and STS with this interceptor, to get credentials: those calls are full of secrets. */
    private static final Set<String> SERVICES = Set.of("Ec2", "Emr", "Iam", "S3", "Service Quotas");

    private static final Pattern SECRET = Pattern.compile("(?i).*(secret|password|credential|accesskey|sessiontoken|privatekey).*");
    private static final Path FILE = Path.of(System.getProperty("record"));

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(STARTED, Instant.now());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (isRecorded(attributes)) {
            append(call(context.request(), attributes)
                    .with("answer", object(context.response()))
                    .with("request_id", context.response() instanceof AwsResponse response ? response.responseMetadata().requestId() : null));
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (!isRecorded(attributes)) {
            return;
        }
        JsonMap error = new JsonMap().with("class", context.exception().getClass().getSimpleName());
        String requestId = null;
        if (context.exception() instanceof AwsServiceException exception) {
            requestId = exception.requestId();
            error.with("status", exception.statusCode());
            if (exception.awsErrorDetails() != null) {
                error.with("code", exception.awsErrorDetails().errorCode()).with("message", exception.awsErrorDetails().errorMessage());
            }
        } else {
            error.with("message", context.exception().getMessage());
        }
        append(call(context.request(), attributes).with("error", error).with("request_id", requestId));
    }

    private static boolean isRecorded(ExecutionAttributes attributes) {
        return SERVICES.contains(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                || attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME).equals("GetCallerIdentity");
    }

    private static JsonMap call(SdkPojo request, ExecutionAttributes attributes) {
        Instant started = attributes.getAttribute(STARTED);
        return new JsonMap()
                .with("time", started.toString())
                .with("milliseconds", Duration.between(started, Instant.now()).toMillis())
                .with("service", attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                .with("operation", attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
                .with("request", object(request));
    }

    private static Map<String, Object> object(SdkPojo object) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                values.put(field.memberName(), SECRET.matcher(field.memberName()).matches() ? "(not recorded)" : value(value));
            }
        }
        return values;
    }

    private static Object value(Object value) {
        if (value instanceof SdkPojo object) {
            return object(object);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RecordedCalls::value).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key.toString(), value(entry)));
            return copy;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        return value instanceof SdkBytes bytes ? bytes.asByteArrayUnsafe().length + " bytes" : Objects.toString(value);
    }

    private static synchronized void append(Map<String, Object> call) {
        try {
            Files.writeString(FILE, JsonWriter.line(call) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
