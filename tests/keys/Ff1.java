// Makes weir's tokens without weir: HKDF-SHA256 and FF1 of Bouncy Castle, by what docs/tokens.md
// says. Arguments: the root in hexadecimal, the tenant. Standard input: lines of
// `class TAB version TAB alphabet TAB value`; standard output: the token of each, in order.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.encoders.Hex;

public final class Ff1 {
    public static void main(String[] args) throws Exception {
        byte[] root = Hex.decode(args[0]);
        String tenant = args[1];
        Map<String, FPEFF1Engine> engines = new HashMap<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(System.out);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] part = line.split("\t");
            String name = part[0], version = part[1], alphabet = part[2], value = part[3];
            FPEFF1Engine engine = engines.computeIfAbsent(name + version + alphabet, unused -> {
                byte[] key = key(root, "weir/1|fpe|" + tenant + "|" + name + "|v" + version);
                byte[] tweak = Arrays.copyOf(sha256("weir/1|" + tenant + "|" + name), 16);
                FPEFF1Engine made = new FPEFF1Engine();
                made.init(true, new FPEParameters(new KeyParameter(key), alphabet.length(), tweak));
                return made;
            });
            byte[] numerals = new byte[value.length()];
            for (int i = 0; i < numerals.length; i++) {
                numerals[i] = (byte) alphabet.indexOf(value.charAt(i));
            }
            byte[] token = new byte[numerals.length];
            engine.processBlock(numerals, 0, numerals.length, token, 0);
            StringBuilder text = new StringBuilder();
            for (byte numeral : token) {
                text.append(alphabet.charAt(numeral));
            }
            out.println(text);
        }
        out.flush();
    }

    private static byte[] key(byte[] root, String info) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(root, null, info.getBytes(StandardCharsets.UTF_8)));
        byte[] key = new byte[32];
        generator.generateBytes(key, 0, key.length);
        return key;
    }

    private static byte[] sha256(String text) {
        SHA256Digest digest = new SHA256Digest();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
