package org.emrelay.runner.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A minimal AWS endpoint for the warm-up: it stores tags only, and every call succeeds. */
final class CdsWarmupAws implements AutoCloseable {
    private static final Pattern TAG = Pattern.compile("Tags\\.member\\.\\d+\\.(Key|Value)=([^&]*)");
    private static final Pattern NAME = Pattern.compile("\"Name\":\"(warmup [^\"]*)\"");

    private static final String VPC = "<vpcId>vpc-1</vpcId>";
    private static final Map<String, String> ANSWERS = Map.ofEntries(
            Map.entry(
                    "GetCallerIdentity",
                    "<r><GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult></r>"),
            Map.entry(
                    "DescribeSubnets",
                    "<r><subnetSet><item><subnetId>subnet-1</subnetId>" + VPC
                            + "<availabilityZone>us-east-1a</availabilityZone><subnetArn>arn:aws:ec2:us-east-1:0:subnet/subnet-1"
                            + "</subnetArn></item></subnetSet></r>"),
            Map.entry(
                    "DescribeRouteTables",
                    "<r><routeTableSet><item><routeTableId>rtb-1</routeTableId>" + VPC
                            + "<routeSet><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1"
                            + "</gatewayId></item></routeSet><associationSet><item><main>true</main></item></associationSet>"
                            + "</item></routeTableSet></r>"),
            Map.entry(
                    "DescribeInstanceTypeOfferings",
                    "<r><instanceTypeOfferingSet><item><instanceType>m5.xlarge</instanceType><location>us-east-1a"
                            + "</location></item></instanceTypeOfferingSet></r>"),
            Map.entry(
                    "DescribeInstanceTypes",
                    "<r><instanceTypeSet><item><instanceType>m5.xlarge</instanceType><vCpuInfo><defaultVCpus>4</defaultVCpus>"
                            + "</vCpuInfo></item></instanceTypeSet></r>"),
            Map.entry("GetServiceQuota", "{\"Quota\":{\"QuotaCode\":\"L-1\",\"QuotaName\":\"n\",\"Value\":1000.0}}"),
            Map.entry("CreateSecurityGroup", "<r><groupId>sg-1</groupId></r>"),
            Map.entry(
                    "ListRolePolicies",
                    "<r><ListRolePoliciesResult><PolicyNames><member>p</member></PolicyNames></ListRolePoliciesResult></r>"),
            Map.entry(
                    "ListAttachedRolePolicies",
                    "<r><ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyArn>p</PolicyArn></member>"
                            + "</AttachedPolicies></ListAttachedRolePoliciesResult></r>"),
            Map.entry("RunJobFlow", "{\"JobFlowId\":\"j-1\"}"));

    private static final String GROUPS =
            "<r><securityGroupInfo><item><groupId>sg-1</groupId><groupName>g</groupName><ipPermissions><item><ipProtocol>tcp"
                    + "</ipProtocol><groups><item><groupId>sg-1</groupId></item></groups></item></ipPermissions></item>"
                    + "</securityGroupInfo></r>";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private volatile String clusterName = "";
    private volatile boolean ended;

    private CdsWarmupAws(HttpServer server) {
        this.server = server;
    }

    static CdsWarmupAws open() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CdsWarmupAws aws = new CdsWarmupAws(server);
        server.setExecutor(aws.threads);
        server.createContext("/", aws::answer);
        server.start();
        return aws;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String answer;
            int status = 200;
            if (target != null) {
                answer = emr(target.substring(target.indexOf('.') + 1), body);
            } else if (body.startsWith("Action=")) {
                String action = body.substring("Action=".length(), body.indexOf('&'));
                answer = query(action, body);
                status = answer.contains("NoSuchEntity") ? 404 : 200;
            } else {
                answer = s3(String.valueOf(exchange.getRequestURI().getQuery()));
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String emr(String operation, String body) {
        Matcher name = NAME.matcher(body);
        if (operation.equals("RunJobFlow") && name.find()) {
            clusterName = name.group(1);
        }
        ended |= operation.equals("TerminateJobFlows");
        String state = "\"Name\":\"" + clusterName + "\",\"Id\":\"j-1\",\"Status\":{\"State\":\""
                + (ended ? "TERMINATED" : "WAITING") + "\",\"Timeline\":{\"CreationDateTime\":1}}";
        return switch (operation) {
            case "ListClusters" -> clusterName.isEmpty() ? "{}" : "{\"Clusters\":[{" + state + "}]}";
            case "DescribeCluster" ->
                "{\"Cluster\":{" + state + ",\"Tags\":[" + joined("{\"Key\":\"%s\",\"Value\":\"%s\"}", ",") + "]}}";
            default -> ANSWERS.getOrDefault(operation, "{}");
        };
    }

    private String query(String action, String body) {
        if (action.equals("CreateRole")) {
            remember(body);
        }
        return switch (action) {
            case "GetRole", "GetInstanceProfile" -> clusterName.isEmpty() ? absent() : owned(action);
            case "DescribeSecurityGroups" -> clusterName.isEmpty() ? "<r/>" : GROUPS;
            default -> ANSWERS.getOrDefault(action, "<r/>");
        };
    }

    private static String absent() {
        return "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>";
    }

    private String owned(String action) {
        String member = "<Tags>" + joined("<member><Key>%s</Key><Value>%s</Value></member>", "") + "</Tags>";
        return action.equals("GetRole")
                ? "<r><GetRoleResult><Role>" + member + "</Role></GetRoleResult></r>"
                : "<r><GetInstanceProfileResult><InstanceProfile><Roles><member><RoleName>r</RoleName></member></Roles>"
                        + member + "</InstanceProfile></GetInstanceProfileResult></r>";
    }

    private static String s3(String query) {
        if (query.startsWith("versions")) {
            return "<ListVersionsResult><Version><Key>k</Key><VersionId>v</VersionId></Version></ListVersionsResult>";
        }
        return query.startsWith("uploads")
                ? "<ListMultipartUploadsResult><Upload><Key>k</Key><UploadId>u</UploadId></Upload></ListMultipartUploadsResult>"
                : query.startsWith("tagging") ? "<Tagging><TagSet/></Tagging>" : "";
    }

    private void remember(String body) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher tag = TAG.matcher(body);
        String key = "";
        while (tag.find()) {
            String text = URLDecoder.decode(tag.group(2), StandardCharsets.UTF_8);
            if (tag.group(1).equals("Key")) {
                key = text;
            } else {
                found.put(key, text);
            }
        }
        tags.putAll(found);
    }

    private String joined(String form, String between) {
        StringBuilder text = new StringBuilder();
        tags.forEach(
                (key, value) -> text.append(text.isEmpty() ? "" : between).append(String.format(form, key, value)));
        return text.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
