package co.stopcovid.standalone.serve;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Why nothing can listen at an address, in one sentence with the setting to change. */
final class ListenTrouble {
  /** Below it, systems let administrators only. */
  private static final int FIRST_FREE = 1024;

  private ListenTrouble() {}

  static String sentence(String host, int port, String reason) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      return "DIALOG_HOST is %s, which is no name that is known here: give an address of this machine, such as 127.0.0.1"
          .formatted(host);
    }
    if (!isOurs(address)) {
      return "DIALOG_HOST is %s, which is no address of this machine: take 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses"
          .formatted(host);
    }
    if (port > 0 && port < FIRST_FREE) {
      return "DIALOG_PORT is %d, where nothing can listen (%s): ports below %d are the administrator's, so take one such as 8080, and let a proxy pass on what comes to %d"
          .formatted(port, reason, FIRST_FREE, port);
    }
    return "nothing can listen on %s port %d (%s): stop what does, or set another DIALOG_PORT, such as %d"
        .formatted(host, port, reason, port == 65_535 ? 8080 : port + 1);
  }

  private static boolean isOurs(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
