"""Why a file could not be read or written, in the clerk's words."""

import errno

_WORDS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限,或正被别的程序占用",
    errno.EPERM: "没有权限,或正被别的程序占用",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "路径里有一段不是文件夹",  # making the folders of a path meets a file
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件太大,磁盘放不下",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
}


def why(error: OSError) -> str:
    """The reason of an error of the file system; the system's own words where we have none."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
