// The independent check of a run: reads source, clean and quarantine topics with Kafka's own Java
// client and compares them. It shares no code with weir and no client library with it.
//
// java -cp 'lib/*' Check.java --bootstrap H:P --source T --clean T --quarantine T --others T,T
//      --group G --canaries FILE [--id-regex R] [--deadline SECONDS]
// java Check.java --self-test
//
// Prints one JSON object; exits 0 only when every figure that must be zero is zero.

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

public class Check {
    /** A record, whatever it was read from. */
    record Rec(String topic, int partition, long offset, byte[] key, byte[] value, Map<String, byte[]> headers) {
        String pointer() { return topic + "/" + partition + "/" + offset; }
        String header(String name) {
            byte[] value = headers.get(name);
            return value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
    }

    /** What was read; judging needs nothing else. */
    static class Read {
        List<Rec> source = new ArrayList<>(), clean = new ArrayList<>(), quarantine = new ArrayList<>();
        /** Everything but the source, aborted records included. */
        List<Rec> exposed = new ArrayList<>();
        /** Output partitions whose last stable offset is not their end. */
        long hanging;
        /** Source partitions whose committed offset is not their end. */
        long wrongOffset;
    }

    static final String[] MUST_BE_ZERO = {"lost", "duplicated", "phantom", "moved", "disordered", "mismatched",
        "tombstones", "leaked", "hanging", "wrong_offset"};

    static Map<String, Long> judge(Read read, Canaries canaries, Pattern id) {
        Map<String, Long> found = new LinkedHashMap<>();
        for (String name : MUST_BE_ZERO) found.put(name, 0L);
        found.put("source", (long) read.source.size());
        found.put("clean", (long) read.clean.size());
        found.put("quarantine", (long) read.quarantine.size());
        found.put("exposed", (long) read.exposed.size());
        Map<String, Rec> inputs = new HashMap<>();
        for (Rec rec : read.source) inputs.put(rec.pointer(), rec);
        Map<String, Integer> seen = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (Rec rec : read.clean) {
            String pointer = rec.header("weir-source");
            Rec input = inputs.get(pointer);
            if (input == null) { add(found, "phantom"); continue; }
            seen.merge(pointer, 1, Integer::sum);
            if (rec.partition() != input.partition()) add(found, "moved");
            Long before = last.put(input.topic() + "/" + input.partition(), input.offset());
            if (before != null && before >= input.offset()) add(found, "disordered");
            if ((input.value() == null) != (rec.value() == null)) { add(found, "tombstones"); continue; }
            String want = idOf(input, id), got = idOf(rec, id);
            if (want == null ? got != null : !want.equals(got)) add(found, "mismatched");
        }
        for (Rec rec : read.quarantine) {
            String pointer = rec.header("weir-source");
            if (!inputs.containsKey(pointer)) { add(found, "phantom"); continue; }
            seen.merge(pointer, 1, Integer::sum);
            found.merge("code " + rec.header("weir-code"), 1L, Long::sum);
        }
        for (String pointer : inputs.keySet()) {
            int times = seen.getOrDefault(pointer, 0);
            if (times == 0) add(found, "lost");
            if (times > 1) found.merge("duplicated", (long) times - 1, Long::sum);
        }
        for (Rec rec : read.exposed) {
            boolean hit = canaries.in(rec.key()) || canaries.in(rec.value());
            for (Map.Entry<String, byte[]> header : rec.headers().entrySet()) {
                hit |= canaries.in(header.getValue()) || canaries.in(header.getKey().getBytes(StandardCharsets.UTF_8));
            }
            if (hit) add(found, "leaked");
        }
        found.put("hanging", read.hanging);
        found.put("wrong_offset", read.wrongOffset);
        return found;
    }

    static void add(Map<String, Long> found, String name) { found.merge(name, 1L, Long::sum); }

    static String idOf(Rec rec, Pattern id) {
        if (rec.value() == null) return null;
        Matcher matcher = id.matcher(new String(rec.value(), StandardCharsets.UTF_8));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Planted identifiers, found at token borders, in either case: a hash set of each length. */
    static class Canaries {
        private final Map<Integer, Set<String>> byLength = new TreeMap<>();
        int count, tooShort;

        Canaries(List<String> lines) {
            for (String line : lines) {
                String canary = line.strip().toLowerCase();
                if (canary.length() < 4) { tooShort++; continue; }
                if (byLength.computeIfAbsent(canary.length(), n -> new HashSet<>()).add(canary)) count++;
            }
        }

        boolean in(byte[] bytes) {
            if (bytes == null) return false;
            String text = new String(bytes, StandardCharsets.UTF_8).toLowerCase();
            for (int at = 0; at < text.length(); at++) {
                boolean border = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))
                    || !Character.isLetterOrDigit(text.charAt(at)) || escaped(text, at);
                if (!border) continue;
                for (Map.Entry<Integer, Set<String>> entry : byLength.entrySet()) {
                    int end = at + entry.getKey();
                    if (end > text.length()) break;
                    boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end))
                        || !Character.isLetterOrDigit(text.charAt(end - 1));
                    if (ends && entry.getValue().contains(text.substring(at, end))) return true;
                }
            }
            return false;
        }

        /** The n of a JSON \n is not part of the word behind it. */
        private static boolean escaped(String text, int at) {
            return at >= 2 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
        }
    }

    public static void main(String[] args) throws Exception {
        if (Arrays.asList(args).contains("--self-test")) { selfTest(); return; }
        Map<String, String> options = new HashMap<>();
        for (int at = 0; at + 1 < args.length; at += 2) options.put(args[at], args[at + 1]);
        long deadline = System.currentTimeMillis() + 1000 * Long.parseLong(options.getOrDefault("--deadline", "120"));
        Canaries canaries = new Canaries(Files.readAllLines(Path.of(options.get("--canaries"))));
        Read read = new Read();
        String bootstrap = options.get("--bootstrap");
        List<String> sources = split(options.get("--source"));
        List<String> outputs = new ArrayList<>(List.of(options.get("--clean"), options.get("--quarantine")));
        read.source = all(bootstrap, sources, true, deadline, read);
        read.clean = all(bootstrap, List.of(options.get("--clean")), true, deadline, read);
        read.quarantine = all(bootstrap, List.of(options.get("--quarantine")), true, deadline, read);
        outputs.addAll(split(options.getOrDefault("--others", "")));
        read.exposed = all(bootstrap, outputs, false, deadline, read);
        for (String topic : outputs) all(bootstrap, List.of(topic), true, deadline, read);
        if (options.containsKey("--group")) checkGroup(bootstrap, options.get("--group"), sources, read);
        Map<String, Long> found = judge(read, canaries, Pattern.compile(options.getOrDefault("--id-regex", "\"id\"\\s*:\\s*\"([^\"]+)\"")));
        found.put("canaries", (long) canaries.count);
        StringBuilder json = new StringBuilder("{");
        found.forEach((name, n) -> json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":").append(n));
        System.out.println(json.append("}"));
        System.exit(clean(found) ? 0 : 1);
    }

    static boolean clean(Map<String, Long> found) {
        return Arrays.stream(MUST_BE_ZERO).allMatch(name -> found.get(name) == 0);
    }

    static List<String> split(String list) {
        return Arrays.stream(list.split(",")).filter(name -> !name.isBlank()).toList();
    }

    static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, boolean committed, String group) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("isolation.level", committed ? "read_committed" : "read_uncommitted");
        properties.put("enable.auto.commit", "false");
        if (group != null) properties.put("group.id", group);
        return new KafkaConsumer<>(properties);
    }

    /** Every record of the topics, from the beginning to the end as it is now. */
    static List<Rec> all(String bootstrap, List<String> topics, boolean committed, long deadline, Read read) {
        List<Rec> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap, committed, null);
             KafkaConsumer<byte[], byte[]> raw = consumer(bootstrap, false, null)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            if (committed) {
                // At read_committed the end is the last stable offset: below the raw end, a transaction hangs.
                Map<TopicPartition, Long> rawEnds = raw.endOffsets(partitions);
                read.hanging += partitions.stream().filter(p -> !ends.get(p).equals(rawEnds.get(p))).count();
            }
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                if (System.currentTimeMillis() > deadline) throw new IllegalStateException("deadline while reading");
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Map<String, byte[]> headers = new LinkedHashMap<>();
                    for (Header header : record.headers()) headers.put(header.key(), header.value());
                    records.add(new Rec(record.topic(), record.partition(), record.offset(), record.key(), record.value(), headers));
                }
            }
        }
        return records;
    }

    static void checkGroup(String bootstrap, String group, List<String> topics, Read read) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap, false, group)) {
            Set<TopicPartition> partitions = new HashSet<>();
            for (String topic : topics) consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
            Map<TopicPartition, Long> last = new HashMap<>();
            for (Rec rec : read.source) last.merge(new TopicPartition(rec.topic(), rec.partition()), rec.offset() + 1, Math::max);
            for (Map.Entry<TopicPartition, Long> want : last.entrySet()) {
                OffsetAndMetadata got = committed.get(want.getKey());
                if (got == null || got.offset() != want.getValue()) read.wrongOffset++;
            }
        }
    }

    // ---- the checker checked: each planted defect must be found, and a clean run must be clean

    interface Plant { void in(Read read); }

    static Rec rec(String topic, int partition, long offset, String value, Map<String, String> headers) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        headers.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        byte[] body = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new Rec(topic, partition, offset, "k".getBytes(StandardCharsets.UTF_8), body, bytes);
    }

    static Rec out(String topic, int partition, long offset, long of, String value) {
        return rec(topic, partition, offset, value, Map.of("weir-source", "s/0/" + of, "weir-code", "W0207"));
    }

    static Read good() {
        Read read = new Read();
        for (int n = 0; n < 5; n++) read.source.add(rec("s", 0, n, n == 3 ? null : "{\"id\":\"r" + n + "\"}", Map.of()));
        for (int n = 0; n < 4; n++) read.clean.add(out("c", 0, n, n, n == 3 ? null : "{\"id\":\"r" + n + "\"}"));
        read.quarantine.add(out("q", 0, 0, 4, "sealed"));
        read.exposed.addAll(read.clean);
        read.exposed.addAll(read.quarantine);
        return read;
    }

    static void selfTest() {
        Map<String, Plant> plants = new LinkedHashMap<>();
        plants.put("lost", r -> r.clean.remove(0));
        plants.put("duplicated", r -> r.clean.add(out("c", 0, 9, 4, "{\"id\":\"r4\"}")));
        plants.put("phantom", r -> r.clean.add(out("c", 0, 9, 77, "{}")));
        plants.put("moved", r -> r.clean.set(0, out("c", 1, 0, 0, "{\"id\":\"r0\"}")));
        plants.put("disordered", r -> java.util.Collections.swap(r.clean, 0, 1));
        plants.put("mismatched", r -> r.clean.set(0, out("c", 0, 0, 0, "{\"id\":\"r1\"}")));
        plants.put("tombstones", r -> r.clean.set(3, out("c", 0, 3, 3, "{\"id\":\"r3\"}")));
        plants.put("leaked", r -> r.exposed.add(out("c", 0, 9, 0, "seen\\njane canary, again")));
        plants.put("leaked (key)", r -> r.exposed.add(new Rec("c", 0, 9, "123-45-6789".getBytes(), null, Map.of())));
        plants.put("leaked (header)", r -> r.exposed.add(rec("q", 0, 9, null, Map.of("h", "SSN 123-45-6789."))));
        plants.put("hanging", r -> r.hanging = 1);
        plants.put("wrong_offset", r -> r.wrongOffset = 1);
        Canaries canaries = new Canaries(List.of("Jane Canary", "123-45-6789", "abc"));
        Pattern id = Pattern.compile("\"id\":\"([^\"]+)\"");
        int caught = 0;
        for (Map.Entry<String, Plant> plant : plants.entrySet()) {
            Read read = good();
            plant.getValue().in(read);
            String name = plant.getKey().replaceAll(" .*", "");
            boolean ok = judge(read, canaries, id).get(name) > 0;
            caught += ok ? 1 : 0;
            if (!ok) System.err.println("not found: " + plant.getKey());
        }
        boolean quiet = clean(judge(good(), canaries, id));
        System.out.println("found " + caught + " of " + plants.size() + " planted defects; a clean run is " + (quiet ? "clean" : "NOT clean"));
        System.exit(caught == plants.size() && quiet ? 0 : 1);
    }
}
