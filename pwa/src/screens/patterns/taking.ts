/** Taking a file of patterns: a small one at once, a large one by way of one's own files. */
import { useLocation } from "preact-iso";
import { whyNot } from "../../api";
import { showToast } from "../../components";
import { language, t } from "../../i18n";
import { download } from "../download";
import { exportAddress, orderFile, type Asked, type FileWish } from "./api";

export function useTaking(networkId: string, asked: Asked): (wish: FileWish) => Promise<void> {
  const { route } = useLocation();
  return async (wish) => {
    try {
      if (await orderFile(networkId, asked, language.value, wish)) {
        route("/patterns/files");
        showToast({ text: t("patterns.in_background") });
      } else {
        download(exportAddress(networkId, asked, language.value, wish));
      }
    } catch (error) {
      showToast({ text: whyNot(error) });
    }
  };
}
