// The fault bench's hands on a real cluster, with Kafka's own Java client: makes topics, loads
// records, watches how far a group has come. It shares no code with weir.
//
// java -cp 'lib/*' tests/kafka/Load.java load --bootstrap H:P --topic T [--rate RECORDS_A_SECOND]
//      reads lines `partition TAB key TAB value` from standard input; the value \N is a tombstone,
//      and key or value may be `b64:...`. Prints the number of records that the brokers have.
// java -cp 'lib/*' tests/kafka/Load.java control --bootstrap H:P
//      reads commands from standard input, a line each, and answers `= ANSWER` or `! WHY`:
//      topics NAME,PARTITIONS,REPLICAS[,KEY=VALUE..];...   makes topics and waits for their leaders
//      watch GROUP TOPIC        from now on `w MILLIS COMMITTED/END ...`, a pair a partition
//      unwatch                  no longer
//      leader txn|group ID      the node that coordinates this id, as Kafka hashes it
//      whole                    how many partitions lack a replica in sync
//      elect                    has each partition led by its first replica again
//      members GROUP            instance ids of the members, comma separated
//      names GROUP              what brokers know of it by name: members, clients, transactional ids
//      hanging TOPIC            producer ids with a transaction open on the topic

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

public class Load {
    private static final long CALL_SECONDS = 20;
    private static final long WATCH_MILLIS = 100;

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int n = 1; n + 1 < args.length; n += 2) options.put(args[n], args[n + 1]);
        String bootstrap = options.get("--bootstrap");
        if (args.length > 0 && args[0].equals("load")) {
            load(bootstrap, options.get("--topic"), Double.parseDouble(options.getOrDefault("--rate", "0")));
        } else if (args.length > 0 && args[0].equals("control")) {
            control(bootstrap);
        } else {
            System.err.println("load: usage: Load.java load|control --bootstrap H:P ...");
            System.exit(2);
        }
        // Client threads that still wait for a dead broker must not keep the process.
        System.exit(0);
    }

    // ---- loading

    private static void load(String bootstrap, String topic, double rate) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("linger.ms", "20");
        settings.put("batch.size", "131072");
        settings.put("max.request.size", "41943040");
        settings.put("buffer.memory", "134217728");
        // Broker faults are part of the run: keep trying for as long as the run may last.
        settings.put("delivery.timeout.ms", "600000");
        settings.put("request.timeout.ms", "10000");
        settings.put("max.block.ms", "600000");
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", ByteArraySerializer.class.getName());
        AtomicLong written = new AtomicLong();
        AtomicReference<Exception> failed = new AtomicReference<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            long sent = 0, start = System.nanoTime();
            for (String line = in.readLine(); line != null && failed.get() == null; line = in.readLine()) {
                String[] parts = line.split("\t", 3);
                byte[] value = parts[2].equals("\\N") ? null : bytes(parts[2]);
                producer.send(new ProducerRecord<>(topic, Integer.parseInt(parts[0]), bytes(parts[1]), value),
                    (where, why) -> { if (why == null) written.incrementAndGet(); else failed.compareAndSet(null, why); });
                sent++;
                if (rate > 0) {
                    long ahead = (long) (sent / rate * 1e9) - (System.nanoTime() - start);
                    if (ahead > 5_000_000) Thread.sleep(ahead / 1_000_000);
                }
            }
        }
        System.out.println(written.get());
        if (failed.get() != null) {
            System.err.println("load: " + failed.get());
            System.exit(1);
        }
    }

    private static byte[] bytes(String text) {
        return text.startsWith("b64:") ? Base64.getDecoder().decode(text.substring(4)) : text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- controlling

    private record Watched(String group, String topic) {}

    private static final AtomicReference<Watched> WATCHED = new AtomicReference<>();

    private static void control(String bootstrap) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("default.api.timeout.ms", "4000");
        settings.put("request.timeout.ms", "1500");
        settings.put("reconnect.backoff.max.ms", "200");
        try (Admin admin = Admin.create(settings); Admin second = Admin.create(settings)) {
            Thread watcher = new Thread(() -> watch(second));
            watcher.setDaemon(true);
            watcher.start();
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer;
                try {
                    answer = "= " + answer(admin, line.strip().split(" "));
                } catch (Exception why) {
                    answer = "! " + String.valueOf(why.getMessage()).replace('\n', ' ');
                }
                say(answer);
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static String answer(Admin admin, String[] words) throws Exception {
        switch (words[0]) {
            case "topics": return topics(admin, words[1]);
            case "watch": WATCHED.set(new Watched(words[1], words[2])); return "ok";
            case "unwatch": WATCHED.set(null); return "ok";
            case "leader": return String.valueOf(leader(admin, words[1].equals("txn") ? "__transaction_state" : "__consumer_offsets", words[2]));
            case "whole": return String.valueOf(unwhole(admin));
            case "elect": admin.electLeaders(ElectionType.PREFERRED, null).all().get(CALL_SECONDS, TimeUnit.SECONDS); return "ok";
            case "members": return members(admin, words[1]);
            case "names": return names(admin, words[1]);
            case "hanging": return hanging(admin, words[1]);
            default: throw new IllegalArgumentException("no such command: " + words[0]);
        }
    }

    private static String topics(Admin admin, String wanted) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (String one : wanted.split(";")) {
            String[] parts = one.split(",");
            Map<String, String> config = new HashMap<>();
            for (int n = 3; n < parts.length; n++) config.put(parts[n].split("=", 2)[0], parts[n].split("=", 2)[1]);
            topics.add(new NewTopic(parts[0], Integer.parseInt(parts[1]), Short.parseShort(parts[2])).configs(config));
        }
        admin.createTopics(topics).all().get(CALL_SECONDS, TimeUnit.SECONDS);
        List<String> names = topics.stream().map(NewTopic::name).toList();
        long deadline = System.nanoTime() + CALL_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            try {
                Collection<TopicDescription> all = admin.describeTopics(names).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS).values();
                if (all.stream().flatMap(t -> t.partitions().stream()).allMatch(p -> p.leader() != null && !p.leader().isEmpty())) return "ok";
            } catch (Exception notYet) {
                // The broker answers before every one of its threads knows the topic.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("a topic has no leader");
    }

    private static int leader(Admin admin, String topic, String id) throws Exception {
        TopicDescription description = admin.describeTopics(List.of(topic)).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS).get(topic);
        int partition = (id.hashCode() & 0x7fffffff) % description.partitions().size();
        return description.partitions().get(partition).leader().id();
    }

    private static int unwhole(Admin admin) throws Exception {
        Collection<String> names = admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true)).names().get(CALL_SECONDS, TimeUnit.SECONDS);
        int lacking = 0;
        for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS).values()) {
            for (TopicPartitionInfo p : topic.partitions()) if (p.isr().size() < p.replicas().size()) lacking++;
        }
        return lacking;
    }

    private static String members(Admin admin, String group) throws Exception {
        List<String> ids = new ArrayList<>();
        admin.describeConsumerGroups(List.of(group)).all().get(CALL_SECONDS, TimeUnit.SECONDS).get(group).members()
            .forEach(member -> ids.add(member.groupInstanceId().orElse(member.consumerId()) + ":" + member.assignment().topicPartitions().size()));
        return String.join(",", ids);
    }

    private static String names(Admin admin, String group) throws Exception {
        StringBuilder names = new StringBuilder(group);
        admin.describeConsumerGroups(List.of(group)).all().get(CALL_SECONDS, TimeUnit.SECONDS).get(group).members().forEach(member ->
            names.append(' ').append(member.groupInstanceId().orElse("")).append(' ').append(member.consumerId()).append(' ').append(member.clientId()));
        admin.listTransactions().all().get(CALL_SECONDS, TimeUnit.SECONDS).forEach(txn -> names.append(' ').append(txn.transactionalId()));
        return names.toString();
    }

    private static String hanging(Admin admin, String topic) throws Exception {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(List.of(topic)).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS).get(topic).partitions()
            .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        List<String> open = new ArrayList<>();
        admin.describeProducers(partitions).all().get(CALL_SECONDS, TimeUnit.SECONDS).forEach((p, state) -> state.activeProducers()
            .forEach(producer -> producer.currentTransactionStartOffset().ifPresent(start -> open.add(p + ":" + producer.producerId()))));
        return String.join(",", open);
    }

    /** Committed offsets and ends of the watched group, over and over; what fails is asked again. */
    private static void watch(Admin admin) {
        int partitions = 0;
        Watched last = null;
        while (true) {
            try {
                Watched watched = WATCHED.get();
                if (watched != null) {
                    if (!watched.equals(last)) {
                        partitions = admin.describeTopics(List.of(watched.topic)).allTopicNames().get(CALL_SECONDS, TimeUnit.SECONDS).get(watched.topic).partitions().size();
                        last = watched;
                    }
                    say(sample(admin, watched, partitions));
                }
            } catch (Exception again) {
                // A broker is away: the next look may find its successor.
            }
            try {
                Thread.sleep(WATCH_MILLIS);
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private static String sample(Admin admin, Watched watched, int partitions) throws Exception {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int n = 0; n < partitions; n++) wanted.put(new TopicPartition(watched.topic, n), OffsetSpec.latest());
        ListOffsetsResult asked = admin.listOffsets(wanted);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(watched.group, new ListConsumerGroupOffsetsOptions())
            .partitionsToOffsetAndMetadata().get(CALL_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends = asked.all().get(CALL_SECONDS, TimeUnit.SECONDS);
        Map<Integer, String> pairs = new TreeMap<>();
        for (TopicPartition p : wanted.keySet()) {
            OffsetAndMetadata at = committed.get(p);
            pairs.put(p.partition(), (at == null ? 0 : at.offset()) + "/" + ends.get(p).offset());
        }
        return "w " + System.currentTimeMillis() + " " + String.join(" ", pairs.values());
    }
}
